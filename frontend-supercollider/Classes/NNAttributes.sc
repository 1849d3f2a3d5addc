// Attributes of a model: pairs for a UGen's inputs, words for messages.
NNAttributes {
	// [index, value, index, value ...]
	*forUGen { |attributes, model|
		var list = this.prList(attributes);
		if(list.size.odd) {
			NNError("attributes: % has a name without a value: write [name: value, name: value]".format(list)).throw
		};
		^list.collect { |item, place|
			if(place.even) { this.prIndex(item, model) } { this.prValue(list[place - 1], item, model) }
		}
	}

	// where a value is an array, each copy has its own
	*ofCopy { |attributes, copy|
		^this.prList(attributes).collect { |item, place|
			if(place.odd and: { item.isArray } and: { item.isString.not }) { item.wrapAt(copy) } { item }
		}
	}

	// arguments of a message to a server
	*words { |values, server|
		^values.asArray.collect { |value| this.prWords(value, server) }.flatten(1)
	}

	// as messages name it; throws where the server would take another one
	*bufferWord { |buffer, server|
		if(buffer.bufnum.isNil) {
			NNError("% is freed: allocate a Buffer and send that".format(buffer)).throw
		};
		if(server.notNil and: { buffer.server !== server }) {
			NNError("Buffer % is on the server %, and is sent to %: allocate one there, as Buffer.alloc(server, frames)".format(
				buffer.bufnum, buffer.server.name, server.name)).throw
		};
		^"buffer:" ++ buffer.bufnum.asInteger
	}

	*prWords { |value, server|
		^case
		{ value.isString or: { value.isKindOf(Symbol) } } { [value.asString] }
		{ value.isKindOf(Boolean) } { [value.binaryValue] }
		{ value.isKindOf(Buffer) } { [this.bufferWord(value, server)] }
		{ value.isNumber } { [value] }
		{ value.isArray or: { value.isKindOf(List) } } { value.asArray.collect { |item| this.prWords(item, server) }.flatten(1) }
		{ NNError("% cannot be sent: messages take numbers, texts, lists of them and Buffers".format(value)).throw }
	}

	*prList { |attributes|
		^case
		{ attributes.isNil } { [] }
		{ attributes.isKindOf(Dictionary) } { attributes.getPairs }
		{ attributes.isArray and: { attributes.any(_.isKindOf(Association)) } } {
			attributes.collect { |pair| [pair.key, pair.value] }.flatten(1)
		}
		{ attributes.asArray }
	}

	*prIndex { |name, model|
		var index = if(name.isInteger) { name } { model.attrIdx(name.asSymbol) };
		if(index.isNil or: { index < 0 } or: { index >= model.attributes.size }) {
			NNError("% has no attribute %; it has: %".format(
				model.shortName, name, if(model.attributes.isEmpty) { "none" } { model.attributes.join(", ") })).throw
		};
		^index
	}

	*prValue { |name, value, model|
		// as in nn.ar
		if(value.isNil) { ^0 };
		if(value.isKindOf(Boolean)) { ^value.binaryValue };
		if(value.isValidUGenInput.not or: { value.isArray } or: { value.isKindOf(Buffer) }) {
			NNError("attribute % is %: in a SynthDef it takes one number or signal; lists, texts and Buffers go to a running synth: NNSynth(synth).set(%, value)".format(
				name, value, "\\" ++ name)).throw
		};
		^value
	}
}
