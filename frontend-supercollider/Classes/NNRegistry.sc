// The models that have keys, each for one server or for several, and the numbers under which servers know them.
NNRegistry {
	var byKey;

	*new { ^super.new.prInit }

	prInit { byKey = IdentityDictionary.new }

	*checkKey { |key|
		if(key.isString) { key = key.asSymbol };
		if(key.isKindOf(Symbol).not or: { key == '' }) {
			NNError("% is no key: a key is a symbol, as in NN.load(\\rave, \"~/rave.ts\")".format(key)).throw
		};
		if("\\.(ts|nm)$".matchRegexp(key.asString) or: { key.asString.includes($/) }) {
			NNError("the first argument is the key and the second the path, as in NN.load(\\rave, \"~/rave.ts\"); % looks like a path".format(key)).throw
		};
		^key
	}

	// the model of this server; without one, that of the default server or the first
	at { |key, server|
		var models = byKey[key.asSymbol];
		if(models.isNil) { ^nil };
		if(server.notNil) { ^models.detect { |model| model.server === server } };
		^models.detect { |model| model.server === Server.default } ? models.first
	}

	put { |key, model|
		var others = (byKey[key] ? []).reject { |other| other.server === model.server };
		byKey[key] = others.add(model)
	}

	remove { |model|
		byKey.keys.copy.do { |key|
			var left = byKey[key].reject { |other| other === model };
			if(left.isEmpty) { byKey.removeAt(key) } { byKey[key] = left }
		}
	}

	keyFor { |model|
		byKey.keysValuesDo { |key, models| if(models.any { |other| other === model }) { ^key } };
		^nil
	}

	// the key of what a server knows under a number
	keyOf { |idx, server|
		byKey.keysValuesDo { |key, models|
			if(models.any { |model| model.idx == idx and: { model.server === server } }) { ^key }
		};
		^nil
	}

	keys { ^byKey.keys.asArray.sort }

	// one for each key
	models { ^this.keys.collect { |key| this.at(key) } }

	all { ^byKey.values.asArray.flatten(1) }

	allOn { |server|
		^this.all.select { |model| model.server === server }.asSet.asArray.sort { |a, b| a.idx < b.idx }
	}

	// one key and one file have one number on all servers, so that a SynthDef suits them all
	indexFor { |key, path, id, server|
		var same, used, first, link;
		if(id.notNil and: { id >= 0 }) { ^id.asInteger };
		server = server ? Server.default;
		link = NNServer.links[server];
		same = (byKey[key] ? []).detect { |model| model.path == path };
		if(same.notNil and: { link.isNil or: { link.isTaken(same.idx).not } }) { ^same.idx };
		used = NNServer.indices.addAll(this.all.collect(_.idx));
		// each client of a server has its own
		first = (server.clientID ? 0) * 10000;
		^(first .. first + used.size).detect { |number| used.includes(number).not }
	}
}
