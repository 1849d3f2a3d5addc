// The signals of a method, sorted into examples: each is an array of as many signals as the method has inputs.
NNInputs {
	var <examples, <numInputs;

	*new { |inputs, method|
		^super.new.prSort(inputs, method)
	}

	// numChannels signals for each of several examples, laced by the server, as the user wants them
	*unlace { |outputs, numOutputs, numExamples|
		var list = outputs.asArray;
		if(numExamples == 1 or: { numOutputs == 1 }) { ^outputs };
		^numExamples.collect { |example|
			numOutputs.collect { |output| list[output * numExamples + example] }
		}
	}

	prSort { |inputs, method|
		var list, nested;
		numInputs = method.numInputs;
		if(numInputs == 0) {
			if(inputs.asArray.notEmpty) { this.prWrong(method, inputs) };
			examples = [[]];
			^this
		};
		if(inputs.isNil or: { inputs.isString }) { this.prWrong(method, inputs) };
		list = if(inputs.isArray) { inputs } { [inputs] };
		nested = list.any { |item| item.isArray };
		if(nested.not and: { numInputs == 1 }) {
			examples = list.collect { |signal| [signal] }
		} {
			examples = if(nested) { list.collect(_.asArray) } { [list] }
		};
		if(examples.isEmpty or: { examples.any { |example| example.size != numInputs } }) {
			this.prWrong(method, inputs)
		};
		examples.do { |example, number|
			example.do { |signal, index|
				if(signal.isValidUGenInput.not or: { signal.isArray }) {
					NNError("%: input % of % is %, not a signal: give it a UGen or a number".format(
						method.name, index + 1, numInputs, signal)).throw
				}
			}
		}
	}

	prWrong { |method, inputs|
		var given = case
			{ inputs.isNil } { "none" }
			{ inputs.isString } { "the text " ++ inputs.quote }
			{ inputs.isArray.not } { 1 }
			{ inputs.any(_.isArray) } { "arrays of " ++ inputs.collect { |item| item.asArray.size }.join(", ") }
			{ inputs.size };
		var labels = if(method.inLabels.isEmpty) { "" } { " (" ++ this.prShort(method.inLabels) ++ ")" };
		var what = switch(method.numInputs,
			0, { "takes no signals" },
			1, { "takes one signal%, or an array of them, one for each example".format(labels) },
			{ "takes an array of % signals%, or an array of such arrays".format(method.numInputs, labels) }
		);
		NNError("% %, and was given %".format(method.name, what, given)).throw
	}

	prShort { |labels|
		^if(labels.size <= 4) { labels.join(", ") } { labels.keep(2).join(", ") ++ ", ... " ++ labels.last }
	}

	size { ^examples.size }

	// a0 b0 a1 b1 for the examples a and b
	laced {
		^numInputs.collect { |input| examples.collect { |example| example[input] } }.flatten(1)
	}
}
