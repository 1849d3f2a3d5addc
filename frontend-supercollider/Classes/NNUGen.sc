// The UGen of the server plug-in. Its inputs: model, method, buffer, warmup, debug, number of examples, the signals, pairs.
NNUGen : MultiOutUGen {
	*ar { |modelIdx, methodIdx, bufferSize(-1), numOutputs(1), warmup(0), debug(0), inputs(#[]), numExamples(1), pairs(#[])|
		^this.prMake(\audio, modelIdx, methodIdx, bufferSize, numOutputs, warmup, debug, inputs, numExamples, pairs)
	}

	*kr { |modelIdx, methodIdx, bufferSize(-1), numOutputs(1), warmup(0), debug(0), inputs(#[]), numExamples(1), pairs(#[])|
		^this.prMake(\control, modelIdx, methodIdx, bufferSize, numOutputs, warmup, debug, inputs, numExamples, pairs)
	}

	*prMake { |rate, modelIdx, methodIdx, bufferSize, numOutputs, warmup, debug, inputs, numExamples, pairs|
		var signals = inputs.asArray, numSignals;
		if(pairs.asArray.first != -2) {
			// callers of nn.ar have the pairs of attributes among the inputs
			numSignals = this.prNumSignals(modelIdx, methodIdx, numExamples) ? signals.size;
			pairs = [-2, numSignals] ++ signals.drop(numSignals) ++ pairs;
			signals = signals.keep(numSignals)
		};
		^this.multiNewList([rate, numOutputs * numExamples, modelIdx, methodIdx, bufferSize, warmup, debug, numExamples]
			++ signals ++ pairs)
	}

	// nil of a model that is not known
	*prNumSignals { |modelIdx, methodIdx, numExamples|
		var model = NN.prRegistry.all.detect { |each| each.idx == modelIdx } ?? {
			NNServer.links.values.asArray.collect { |link| link.modelAt(modelIdx) }.detect(_.notNil)
		};
		var method = model !? { model.methods !? { |methods| methods[methodIdx] } };
		^method !? { method.numInputs * numExamples }
	}

	init { |numChannels ... theInputs|
		inputs = theInputs;
		^this.initOutputs(numChannels, rate)
	}

	checkInputs {
		#["modelIdx", "methodIdx", "bufferSize"].do { |name, index|
			if(inputs[index].rate != \scalar) {
				^"% must be a number or an argument at initial rate (\\ir): it is read when the synth starts".format(name)
			}
		};
		^this.checkValidInputs
	}

	argNameForInputAt { |index|
		^#["modelIdx", "methodIdx", "bufferSize", "warmup", "debug", "numExamples"][index]
	}
}
