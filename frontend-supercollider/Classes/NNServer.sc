// The language's end of the connection to one server: is the plug-in there, what does it tell, which models does it have.
NNServer {
	classvar <links, responder, protocol = 1;
	var <server, <port, <version, <ready = false, known, waiters, playing;

	*initClass {
		links = IdentityDictionary.new;
		StartUp.add {
			ServerBoot.add(this, \all);
			ServerQuit.add(this, \all);
		}
	}

	*of { |server|
		^links[server] ?? { var link = this.new(server); links[server] = link; link }
	}

	*new { |server|
		^super.new.prInit(server)
	}

	*checkRunning { |server, what|
		if(server.serverRunning.not) {
			NNError("%: the server % is not running: boot it first, with s.boot or s.waitForBoot { ... }".format(what, server.name)).throw
		}
	}

	// all numbers under which servers know models
	*indices {
		^links.values.asArray.collect { |link| link.knownIndices }.flatten(1)
	}

	*doOnServerBoot { |server|
		if(links[server].notNil or: { NN.prRegistry.allOn(server).notEmpty }) { this.of(server).prBooted }
	}

	*doOnServerQuit { |server|
		links[server] !? { |link| link.prQuit }
	}

	prInit { |argServer|
		server = argServer;
		known = IdentityDictionary.new;
		waiters = List.new;
		playing = Bag.new;
		port = this.prPort;
		responder ?? {
			responder = OSCFunc({ |message, time, address, receivePort|
				var link = links.detect { |each| each.port == receivePort };
				link !? { link.prReceive(NNEvent(message.drop(1), link)) }
			}, '/nn.event').fix
		}
	}

	// a port for each server: events do not say which one they come from
	prPort {
		var used = links.values.asArray.collect(_.port);
		if(used.isEmpty) { ^NetAddr.langPort };
		^(57300 .. 57400).detect { |number|
			used.includes(number).not and: { thisProcess.openUDPPort(number) }
		} ? NetAddr.langPort
	}

	prHost {
		^if(server.isLocal) { "127.0.0.1" } { NNAddress.seenFrom(server.addr.ip) }
	}

	knownIndices { ^known.keys.asArray }

	modelAt { |idx| ^known[idx] }

	// how many UGens play it, as far as is known
	numPlaying { |model| ^playing.itemCount(model.idx) }

	send { |... message| server.sendMsg("/cmd", *message) }

	prListen { this.send("/nn_listen", port, this.prHost) }

	// in a Routine: throws unless the plug-in answers
	ensure { |timeout = 2|
		var answer, failure;
		if(ready) { ^this };
		failure = OSCFunc({ this.prWake }, '/fail', server.addr, argTemplate: ['/cmd']).oneShot;
		answer = this.await({ |event| event.kind == \version }, timeout, { this.prListen });
		failure.free;
		if(answer.isNil) { NNError(this.prMissing).throw };
	}

	prMissing {
		^"the server % has no plug-in nn: put the folder nn into % (Platform.userExtensionDir)%, recompile the class library and reboot the server".format(
			server.name, Platform.userExtensionDir, if(server.isLocal) { "" } { " of its machine" })
	}

	// in a Routine: the first event that the filter takes; nil after the timeout, or when the server quits
	await { |filter, timeout, start|
		var condition = Condition.new, result, waiter;
		var finish = { |event|
			if(condition.test.not) { result = event; condition.test = true; condition.signal }
		};
		waiter = (filter: filter, finish: finish);
		waiters.add(waiter);
		start.value;
		timeout !? { SystemClock.sched(timeout, { finish.value(nil); nil }) };
		condition.wait;
		waiters.remove(waiter);
		^result
	}

	// every event that the filter takes, until remove is called with what this returns
	listen { |filter, function|
		var waiter = (filter: filter, finish: function, stays: true);
		waiters.add(waiter);
		^waiter
	}

	remove { |waiter| waiters.remove(waiter) }

	prWake {
		waiters.copy.do { |waiter| if(waiter[\stays].isNil) { waiter[\finish].value(nil) } }
	}

	know { |model| known[model.idx] = model }

	forget { |model|
		if(known[model.idx] === model) { known.removeAt(model.idx) }
	}

	prReceive { |event|
		switch(event.kind,
			\version, {
				ready = true;
				version = event.text;
				if(event.values.notEmpty and: { event.values.first.asInteger != protocol }) {
					"NN: the plug-in % and the classes are of different versions: copy the whole package again".format(version).warn
				}
			},
			\made, { playing.add(event.model) },
			\freed, { playing.remove(event.model) },
			\described, { known[event.model] !? { |model| model.prDescribe(NNModelInfo.fromText(event.text).first) } }
		);
		if(server.isLocal.not or: { server.pid.isNil }) { event.post };
		waiters.copy.do { |waiter| if(waiter[\filter].value(event)) { waiter[\finish].value(event) } };
		NN.onEvent.value(event.kind, event.key, event.text, event)
	}

	prBooted {
		var models = (NN.prRegistry.allOn(server) ++ known.values).asSet.asArray.sort { |a, b| a.idx < b.idx };
		ready = false;
		if(models.isEmpty) { ^this };
		this.prListen;
		models.do { |model| this.know(model); server.sendMsg(*model.loadMsg) };
		{ this.ensure }.fork(AppClock)
	}

	prQuit {
		ready = false;
		playing = Bag.new;
		this.prWake
	}
}
