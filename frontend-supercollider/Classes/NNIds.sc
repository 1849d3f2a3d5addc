// Numbers for the names of UGens. A name has the same number whenever sclang runs, so stored SynthDefs keep their meaning.
NNIds {
	classvar names;

	// nil is no id; a UGen is an argument of the SynthDef
	*at { |id|
		if(id.isNil or: { id.isNumber } or: { id.isKindOf(UGen) }) { ^id };
		if(id.isKindOf(Symbol) or: { id.isString }) { ^this.prNumber(id.asSymbol) };
		NNError("id % is neither a name, as \\voice, nor a whole number".format(id)).throw
	}

	*nameOf { |number|
		^names !? { names[number.asInteger] } ? number
	}

	*prNumber { |name|
		var number = this.prHash(name.asString);
		names = names ?? { IdentityDictionary.new };
		while { names[number].notNil and: { names[number] != name } } { number = number + 1 };
		names[number] = name;
		^number
	}

	// above the numbers that people type, below those that a float cannot hold
	*prHash { |text|
		var hash = 5381;
		text.do { |char| hash = (hash * 33 + (char.ascii & 255)) & 0x7FFFFF };
		^0x800000 + hash
	}
}
