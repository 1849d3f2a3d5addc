// What synths with NN sound like.
TestNNPlaying : NNServerTest {
	test_identityIsExactAfterTheLatencyThatIsTold {
		this.load(\identity);
		[256, 1024, 0].do { |bufferSize|
			var latency = NN(\identity, \forward).latency(bufferSize).asInteger, found;
			// a busy machine may be late once
			3.do {
				if(found != latency) {
					found = this.delay(*this.record(0.6) { var noise = WhiteNoise.ar; [noise, NN(\identity, \forward).ar(noise, bufferSize)] })
				}
			};
			this.assertEquals(found, latency, "delay with buffer %".format(bufferSize))
		}
	}

	test_silenceThenFadeInOfAModelThatIsNotReady {
		var channels;
		this.load(\identity);
		channels = this.record(0.5) { NN(\identity, \forward).ar(DC.ar(1), 256) };
		this.assertEquals(channels[0].first, 0.0, "begins in silence");
		this.assertEquals(this.levels(channels)[0], 1.0, "ends with the sound");
		this.assert(channels[0].differentiate.maxItem < 0.1, "without a jump")
	}

	test_severalInputsAndOutputs {
		var channels;
		this.load(\multi);
		channels = this.record(0.4) { NN(\multi, \swap).ar([DC.ar(0.25), DC.ar(0.5)], 256) };
		this.assertEquals(this.levels(channels), [0.5, 0.25], "swapped");
		channels = this.record(0.4) { NN(\multi, \spread8).ar(DC.ar(1), 256) };
		this.assertEquals(this.levels(channels), (1 .. 8) / 8, "eight outputs")
	}

	test_examplesStayApart {
		var channels;
		this.load(\multi);
		channels = this.record(0.4) { NN(\multi, \swap).ar([[DC.ar(0.125), DC.ar(0.25)], [DC.ar(0.5), DC.ar(0.75)]], 256).flat };
		this.assertEquals(this.levels(channels), [0.25, 0.125, 0.75, 0.5], "two examples")
	}

	test_copiesStayApart {
		var channels;
		this.load(\gain);
		channels = this.record(0.4) { NN(\gain, \forward).ar([DC.ar(0.5), DC.ar(0.25)], 256, attributes: [gain: [0.5, 1]], copies: true) };
		this.assertEquals(this.levels(channels), [0.25, 0.25], "each with its own attribute")
	}

	test_constantAndControlRateInputs {
		var channels;
		this.load(\multi);
		channels = this.record(0.4) { NN(\multi, \swap).ar([0.25, DC.kr(0.5)], 256) };
		this.assertEquals(this.levels(channels), [0.5, 0.25], "both")
	}

	test_attributesReachTheModel {
		var channels;
		this.load(\gain);
		channels = this.record(0.6) { NN(\gain, \forward).ar(DC.ar(1), 256, attributes: [gain: 0.25]) };
		this.assertEquals(this.levels(channels)[0], 0.25, "a number");
		channels = this.record(1) { NN(\gain, \forward).ar(DC.ar(1), 256, attributes: [gain: Line.kr(1, 0.5, 0.4)], rate: 50) };
		this.assertEquals(this.levels(channels)[0], 0.5, "a signal")
	}

	test_controlRate {
		var channels;
		this.load(\features);
		channels = this.record(0.6) { K2A.ar(NN(\features, \forward).kr(LFPulse.ar(200, 0, 0.5) * 0.5, 512)) };
		this.assertFloatEquals(this.levels(channels)[0], 0.5, "the peak of each 512 samples", 1e-6)
	}

	test_latentsPassThrough {
		var channels;
		this.load(\codec);
		channels = this.record(1) { NN(\codec, \decode).ar(NN(\codec, \encode).ar(LFSaw.ar(220) * 0.3)) };
		this.assert(channels[0].keep(-8000).collect(_.abs).maxItem > 0.01, "sound is heard")
	}

	test_generators {
		var channels;
		this.load(\generator);
		channels = this.record(0.5) { NN(\generator, \forward).ar(attributes: [frequency: 375], bufferSize: 512) };
		this.assert(channels[0].keep(-4000).maxItem > 0.1, "sound is heard")
	}

	test_wetAndDry {
		var channels;
		this.load(\gain);
		channels = this.record(0.5) { NN(\gain, \forward).ar(DC.ar(1), 256, wet: 0, dry: 0.5) };
		this.assertEquals(this.levels(channels)[0], 0.5, "dry alone")
	}

	test_oneSynthDefForEveryVoice {
		var ids = [3, 4], synths, values = List.new;
		this.load(\gain);
		SynthDef(\nnVoice, { |id = 0| Out.ar(0, NN(\gain, \forward).ar(DC.ar(0), 256, id: id)) }).send(server);
		server.sync;
		synths = ids.collect { |id| Synth(\nnVoice, [\id, id], server) };
		server.sync;
		ids.do { |id| NNSynth(nil, id).set(\gain, id) };
		ids.do { |id| values.add(NNSynth(nil, id).get(\gain, {})) };
		this.assertEquals(values.asArray, [3.0, 4.0], "each has got its own")
	}
}
