// What the plug-in tells.
NNEvent {
	var <kind, <scope, <node, <id, <model, <text, <values, <link;

	*new { |arguments, link|
		^super.new.prRead(arguments, link)
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
