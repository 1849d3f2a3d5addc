// SynthDefs: which inputs and outputs the UGens get.
TestNNBuilding : UnitTest {
	var tool, ugens;

	setUp {
		tool = NNFakeTool.shared;
		NN.prUseForTest;
		#[\identity, \codec, \multi, \generator, \gain].do { |name| NN.read(name, tool.path(name.asString)) }
	}

	tearDown { NN.prEndTest; tool.restore }

	// inputs of the NNUGens of a function, controls and UGens as their names
	prInputs { |function|
		var definition = SynthDef(\t, function);
		ugens = definition.children.select { |ugen| ugen.isKindOf(NNUGen) };
		^ugens.collect { |ugen|
			ugen.inputs.collect { |input|
				if(input.isNumber) { input } { (if(input.isKindOf(OutputProxy)) { input.source } { input }).class.name }
			}
		}
	}

	prReadBack { |function|
		var description = SynthDesc.readFile(CollStream(SynthDef(\readBack, function).asBytes), true).values.first;
		^description.def.children.select { |ugen| ugen.isKindOf(NNUGen) }
	}

	test_oneSignalIsOneExample {
		this.assertEquals(this.prInputs { NN(\identity, \forward).ar(SinOsc.ar) },
			[[NN(\identity).idx, 0, -1, 0, 0, 1, \SinOsc, -2, 1]], "one signal")
	}

	test_bytesHoldTheInputsInOrder {
		var ugen = this.prReadBack { Out.ar(0, NN(\multi, \swap).ar([DC.ar(0), 0.5], 2048, 3, 1)) }.first;
		this.assertEquals(ugen.inputs.size, 10, "number of inputs");
		this.assertEquals(ugen.inputs[..5], [NN(\multi).idx, 0, 2048, 3, 1, 1].collect(_.asFloat), "head");
		this.assertEquals(ugen.inputs[7..], [0.5, -2.0, 2.0], "signals and pairs");
		this.assertEquals(ugen.numOutputs, 2, "outputs");
		this.assertEquals(ugen.rate, \audio, "rate")
	}

	test_severalSignalsForOneInputAreExamples {
		this.assertEquals(this.prInputs { NN(\identity, \forward).ar([SinOsc.ar, Saw.ar, 0.5]) },
			[[NN(\identity).idx, 0, -1, 0, 0, 3, \SinOsc, \Saw, 0.5, -2, 3]], "three examples");
		this.assertEquals(ugens.first.numOutputs, 3, "three outputs")
	}

	test_arraysOfArraysAreLaced {
		var result;
		this.assertEquals(this.prInputs { result = NN(\multi, \swap).ar([[SinOsc.ar, Saw.ar], [DC.ar(0), Pulse.ar]]) },
			[[NN(\multi).idx, 0, -1, 0, 0, 2, \SinOsc, \DC, \Saw, \Pulse, -2, 4]], "a0 b0 a1 b1");
		this.assertEquals(result.collect { |example| example.collect(_.outputIndex) }, [[0, 2], [1, 3]], "outputs per example")
	}

	test_outputsOfOneExampleAreFlat {
		var several, one;
		SynthDef(\t, { several = NN(\codec, \encode).ar(SinOsc.ar); one = NN(\codec, \decode).ar(several) });
		this.assertEquals(several.size, 3, "three outputs");
		this.assert(one.isKindOf(OutputProxy), "one output is no array")
	}

	test_examplesPassFromEncodeToDecode {
		var result;
		SynthDef(\t, { result = NN(\codec, \decode).ar(NN(\codec, \encode).ar([SinOsc.ar, Saw.ar])) });
		this.assertEquals(result.size, 2, "two examples come out");
		this.assert(result.every(_.isKindOf(OutputProxy)), "flat")
	}

	test_bufferSizeAndBlockSizeAreTheSame {
		var sizes = [
			{ NN(\identity, \forward).ar(DC.ar(0), 4096) },
			{ NN(\identity, \forward).ar(DC.ar(0), bufferSize: 4096) },
			{ NN(\identity, \forward).ar(DC.ar(0), blockSize: 4096) }
		].collect { |function| this.prInputs(function)[0][2] };
		this.assertEquals(sizes, [4096, 4096, 4096], "all three")
	}

	test_attributesArePairsAtTheEnd {
		var idx = NN(\gain).idx;
		[
			[gain: 0.5, muted: true], [\gain, 0.5, \muted, true], ["gain", 0.5, "muted", 1], (gain: 0.5, muted: true).asPairs,
			[\gain -> 0.5, \muted -> true]
		].do { |attributes|
			var inputs = this.prInputs { NN(\gain, \forward).ar(DC.ar(0), attributes: attributes) }[0];
			this.assertEquals(inputs.drop(9).clump(2).sort { |a, b| a[0] < b[0] }, [[0, 0.5], [1, 1]], attributes.asString)
		};
		this.assertEquals(this.prInputs { NN(\gain, \forward).ar(DC.ar(0), attributes: [gain: LFNoise1.kr]) }[0].drop(9), [0, \LFNoise1], "a signal")
	}

	test_nothingAsAValueIsZero {
		this.assertEquals(this.prInputs { NN(\gain, \forward).ar(DC.ar(0), attributes: [gain: nil]) }[0].drop(9), [0, 0], "nil")
	}

	test_theUGenTakesWhatThatOfNnArTakes {
		var idx = NN(\gain).idx;
		this.assertEquals(this.prInputs { NNUGen.ar(idx, 1, 1024, 1, 2, 3, [SinOsc.ar, 0, 0.5]) },
			[[idx, 1, 1024, 2, 3, 1, \SinOsc, -2, 1, 0, 0.5]], "attributes among the inputs");
		NNModel.fromInfo(NN(\gain).info, 300);
		this.assertEquals(this.prInputs { NNUGen.ar(300, 0, 1024, 1, 0, 0, [SinOsc.ar, 0, 0.5]) },
			[[300, 0, 1024, 0, 0, 1, \SinOsc, -2, 1, 0, 0.5]], "of a model without a key");
		this.assertEquals(this.prInputs { NNUGen.ar(idx, 0, inputs: [SinOsc.ar], pairs: [-2, 1, 1, 0.5]) },
			[[idx, 0, -1, 0, 0, 1, \SinOsc, -2, 1, 1, 0.5]], "pairs apart");
		this.assertEquals(this.prInputs { NNUGen.ar(999, 0, 1024, 2, 0, 0, [SinOsc.ar, Saw.ar]) },
			[[999, 0, 1024, 0, 0, 1, \SinOsc, \Saw, -2, 2]], "of a model that is not known");
		this.assertEquals(ugens.first.numOutputs, 2, "outputs")
	}

	test_settingsAreNegativePairsBehindTheNumberOfSignals {
		this.assertEquals(
			this.prInputs {
				NN(\gain, \forward).ar(DC.ar(0), id: 7, deadline: 512, rate: 5, resample: true, gpu: false, enable: 1, wet: 0.5, dry: 0.25,
					seed: 3, attributes: [gain: 2])
			}[0].drop(7),
			[-2, 1, -1, 7, -3, 512, -4, 5, -5, 1, -6, 0, -7, 1, -8, 0.5, -9, 0.25, -10, 3, 0, 2], "all of them");
		this.assertEquals(this.prInputs { NN(\gain, \forward).ar(DC.ar(0), deadline: \auto) }[0].drop(7), [-2, 1, -3, -1], "auto")
	}

	test_idIsANameANumberOrAnArgument {
		var named = this.prInputs { NN(\identity, \forward).ar(DC.ar(0), id: \voice) }[0].last;
		this.assertEquals(named, NNIds.at(\voice), "a name");
		this.assert(named > 1e6 and: { named < 16777216 } and: { named.asFloat.asInteger == named }, "whole, and exact as a float");
		this.assertEquals(this.prInputs { |id = 3| NN(\identity, \forward).ar(DC.ar(0), id: id) }[0].last, \Control, "an argument");
		this.assertEquals(NNIds.at(\voice) == NNIds.at(\other), false, "other names, other numbers");
		this.assertEquals(NNIds.nameOf(named), \voice, "and back")
	}

	test_copiesAreUGensOfTheirOwn {
		var idx = NN(\gain).idx;
		this.assertEquals(
			this.prInputs { NN(\gain, \forward).ar([SinOsc.ar, Saw.ar], copies: true, id: [\a, \b], attributes: [gain: [0.25, 0.5]]) },
			[
				[idx, 0, -1, 0, 0, 1, \SinOsc, -2, 1, -1, NNIds.at(\a), 0, 0.25],
				[idx, 0, -1, 0, 0, 1, \Saw, -2, 1, -1, NNIds.at(\b), 0, 0.5]
			], "two");
		this.assertEquals(this.prInputs { NN(\gain, \forward).ar(SinOsc.ar, copies: 4, seed: [1, 2, 3, 4]) }.collect(_.last), [1, 2, 3, 4], "four of one signal");
		this.assertEquals(this.prInputs { NN(\generator, \forward).ar(copies: 3) }.size, 3, "generators")
	}

	test_controlRate {
		var ugen = this.prReadBack { Out.kr(0, NN(\codec, \encode).kr(SinOsc.ar)) }.first;
		this.assertEquals(ugen.rate, \control, "rate");
		this.assertEquals(ugen.channels.collect(_.rate), [\control, \control, \control], "outputs")
	}

	test_generatorsTakeNoSignals {
		this.assertEquals(this.prInputs { NN(\generator, \forward).ar },
			[[NN(\generator).idx, 0, -1, 0, 0, 1, -2, 0]], "no signals");
		this.assertEquals(this.prInputs { NN(\generator, \forward).ar([], attributes: [frequency: 220]) }[0].keep(-2), [0, 220], "an attribute")
	}

	test_bufferSizeMayBeAnArgumentAtInitialRate {
		this.assertEquals(this.prInputs { NN(\identity, \forward).ar(DC.ar(0), \bufferSize.ir(2048)) }[0][2], \Control, "initial rate")
	}
}
