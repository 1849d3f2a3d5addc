// What the plug-in tells.
NNEvent {
	classvar kinds = #[\note, \error, \info, \made, \freed, \ready, \loaded, \failed, \described, \version];
	var <kind, <scope, <node, <id, <model, <text, <values, <link;

	// nil of what is no event: anyone can send to sclang's port
	*new { |arguments, link|
		^if(this.prIsOne(arguments)) { super.new.prRead(arguments, link) }
	}

	*prIsOne { |arguments|
		^arguments.size >= 6
		and: { kinds.includes(arguments[0].tryPerform(\asSymbol)) }
		and: { [1, 5].every { |place| arguments[place].isKindOf(Symbol) or: { arguments[place].isString } } }
		and: { [2, 3, 4].every { |place| arguments[place].isNumber } }
	}

	prRead { |arguments, argLink|
		#kind, scope, node, id, model, text = arguments;
		kind = kind.asSymbol;
		scope = scope.asSymbol;
		text = text.asString;
		values = arguments.drop(6);
		link = argLink
	}

	server { ^link.server }

	// the model's key; without one its number; nil where no model is meant
	key {
		if(model < 0) { ^nil };
		^NN.prRegistry.keyOf(model, this.server) ? model
	}

	// one value alone, several as an array
	answer { ^if(values.size == 1) { values.first } { values } }

	// made here: the server has quit, or CmdPeriod has stopped all
	isLocal { ^scope == \server and: { #[\quit, \stopped].includes(values.first) } }

	isError { ^kind == \error or: { kind == \failed } }

	// an answer is a selector and its values; an error can stand in its place
	answers { |selector|
		^(kind == \info and: { text == selector.asString }) or: { kind == \error }
	}

	// pairs as of `stats`
	asEvent {
		var result = ();
		values.pairsDo { |name, value| result[name.asSymbol] = value };
		^result
	}

	post {
		if(#[\note, \error].includes(kind)) { ("NN: " ++ text).postln };
		if(kind == \failed) { ("NN: % cannot be loaded: %".format(this.key, text)).postln }
	}

	printOn { |stream|
		stream << "NNEvent(" << kind << ", " << scope << ", " << this.key << ", " << text;
		values.do { |value| stream << " " << value };
		stream << ")"
	}
}
