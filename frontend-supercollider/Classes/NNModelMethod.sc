// A method of a model: what it takes and gives, and the UGens that play it.
NNModelMethod {
	var <model, <name, <idx, <numInputs, <numOutputs, <inRatio, <outRatio, <inLabels, <outLabels;

	*fromDict { |dict, idx|
		^super.new.prRead(dict, idx)
	}

	prRead { |dict, index|
		var list = { |value| if(value.isArray and: { value.isString.not }) { value } { [] } };
		name = dict["name"].asSymbol;
		idx = index;
		numInputs = dict["inDim"].asInteger;
		inRatio = dict["inRatio"].asInteger;
		numOutputs = dict["outDim"].asInteger;
		outRatio = dict["outRatio"].asInteger;
		inLabels = list.(dict["inLabels"]);
		outLabels = list.(dict["outLabels"]);
	}

	of { |argModel|
		^this.copy.prModel(argModel)
	}

	prModel { |argModel| model = argModel }

	ar { |inputs, bufferSize(-1), warmup(0), debug(0), attributes(#[]), blockSize, id, copies, rate,
		deadline, resample, gpu, enable, wet, dry, seed|
		^NNPlaying(this, \audio, (
			inputs: inputs, bufferSize: blockSize ? bufferSize, warmup: warmup, debug: debug,
			attributes: attributes, copies: copies, id: id, rate: rate, deadline: deadline,
			resample: resample, gpu: gpu, enable: enable, wet: wet, dry: dry, seed: seed
		)).outputs
	}

	kr { |inputs, bufferSize(-1), warmup(0), debug(0), attributes(#[]), blockSize, id, copies, rate,
		deadline, resample, gpu, enable, wet, dry, seed|
		^NNPlaying(this, \control, (
			inputs: inputs, bufferSize: blockSize ? bufferSize, warmup: warmup, debug: debug,
			attributes: attributes, copies: copies, id: id, rate: rate, deadline: deadline,
			resample: resample, gpu: gpu, enable: enable, wet: wet, dry: dry, seed: seed
		)).outputs
	}

	// in samples, before anything plays
	latency { |bufferSize(-1), server, action|
		^NN.prLatency(model, name, bufferSize, server, action)
	}

	summary {
		^"%: % in (ratio %), % out (ratio %)".format(name, numInputs, inRatio, numOutputs, outRatio)
	}

	describe { this.summary.postln }

	printOn { |stream|
		stream << "NNModelMethod(" << name << ", " << numInputs << " in, " << numOutputs << " out)"
	}
}
