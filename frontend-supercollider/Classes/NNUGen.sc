// The UGen of the server plug-in. Its inputs: model, method, buffer, warmup, debug, number of examples, the signals, pairs.
NNUGen : MultiOutUGen {
	*ar { |modelIdx, methodIdx, bufferSize(-1), warmup(0), debug(0), numExamples(1), numOutputs(1), signals(#[]), pairs(#[])|
		^this.prMake(\audio, modelIdx, methodIdx, bufferSize, warmup, debug, numExamples, numOutputs, signals, pairs)
	}

	*kr { |modelIdx, methodIdx, bufferSize(-1), warmup(0), debug(0), numExamples(1), numOutputs(1), signals(#[]), pairs(#[])|
		^this.prMake(\control, modelIdx, methodIdx, bufferSize, warmup, debug, numExamples, numOutputs, signals, pairs)
	}

	*prMake { |rate, modelIdx, methodIdx, bufferSize, warmup, debug, numExamples, numOutputs, signals, pairs|
		^this.multiNewList([rate, numOutputs * numExamples, modelIdx, methodIdx, bufferSize, warmup, debug, numExamples]
			++ signals ++ pairs)
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
