// Messages to synths that play, and what comes back.
TestNNTalking : NNServerTest {
	// a synth and its voice
	play { |name, bufferSize = 256|
		var synth = { NN(name, \forward).ar(DC.ar(1), bufferSize, id: \voice) * 0.01 }.play(server);
		server.sync;
		^synth
	}

	test_setAndGet {
		var voice, value;
		this.load(\gain);
		voice = NNSynth(this.play(\gain));
		voice.set(\gain, 0.5);
		this.assertEquals(voice.get(\gain, { |got| value = got }), 0.5, "returned in a Routine");
		this.assertEquals(value, 0.5, "and given to the action");
		voice.set(\mode, "half", \range, [-0.5, 0.75]);
		this.assertEquals(voice.get(\mode, {}).asString, "half", "a text");
		this.assertEquals(voice.get(\range, {}), [-0.5, 0.75], "two values");
		this.assertEquals(NNSynth(nil, \voice).get(\gain, {}), 0.5, "by its id")
	}

	test_buffersAreValues {
		var voice, buffer = Buffer.alloc(server, 3);
		this.load(\gain);
		voice = NNSynth(this.play(\gain));
		server.sync;
		buffer.setn(0, [1, 0, 0.5]);
		server.sync;
		voice.set(\curve, buffer);
		this.assertEquals(voice.get(\curve, {}), [1.0, 0.0, 0.5], "a tensor from a Buffer");
		buffer.free
	}

	test_methodsAndAttributesAreListed {
		var voice;
		this.load(\gain);
		voice = NNSynth(this.play(\gain));
		this.assertEquals(voice.methods({}), [\forward, \inverse], "methods");
		this.assertEquals(voice.attributes({}).keep(3), [\gain, \muted, \offset_steps], "attributes")
	}

	test_latencyIsWhatTheGuideSays {
		this.load(\identity);
		this.load(\codec);
		this.assertEquals([0, 256, 1024].collect { |size| NN(\identity, \forward).latency(size) }, [0.0, 448.0, 1984.0], "ratio 1");
		this.assertEquals([0, 512].collect { |size| NN(\codec, \forward).latency(size) }, [448.0, 960.0], "ratio 512")
	}

	test_anotherBufferHasAnotherLatency {
		var voice, before, told;
		this.load(\gain);
		told = [256, 2048].collect { |size| NN(\gain, \forward).latency(size) };
		voice = NNSynth(this.play(\gain));
		this.assert(this.until(2) { voice.latency({})[0] == told[0] }, "of the first buffer");
		voice.bufferSize_(2048);
		this.assert(this.until(2) { voice.latency({})[0] == told[1] }, "of the second")
	}

	test_modelsOwnDelayIsMeasured {
		var voice, own;
		this.load(\delay);
		voice = NNSynth(this.play(\delay));
		voice.measureLatency { |samples, model| own = model };
		this.assertEquals(own, 500, "500 samples")
	}

	test_anotherModelPlays {
		var voice;
		this.load(\gain);
		this.load(\multi);
		voice = NNSynth(this.play(\gain));
		voice.load(\multi, \swap);
		this.assert(this.until(3) { voice.methods({}).includes(\swap) }, "loaded by its key")
	}

	test_stats {
		var stats, all;
		this.load(\gain);
		this.play(\gain);
		0.5.wait;
		NNSynth(nil, \voice).stats { |got| stats = got };
		this.assert(stats[\blocks] > 0, "blocks are counted");
		NN.stats({ |list| all = list }, server, 0.3);
		this.until(2) { all.notNil };
		this.assertEquals(all.collect { |each| [each[\id], each[\key]] }, [[\voice, \gain]], "of all UGens")
	}

	test_errorsAreEvents {
		var heard = List.new;
		this.load(\gain);
		NN.onEvent = { |what, key, text| if(what == \error) { heard.add([key, text]) } };
		NNSynth(this.play(\gain)).set(\gain, "loud");
		this.assert(this.until(2) { heard.notEmpty }, "one comes");
		if(heard.notEmpty) {
			this.assertEquals(heard[0][0], \gain, "of this model");
			this.assert(heard[0][1].contains("gain: value 1"), heard[0][1])
		}
	}

	test_unknownAttributeAnswersWithAnError {
		this.load(\gain);
		text = this.thrown { NNSynth(this.play(\gain)).get(\nothing, {}) };
		this.assert(text.asString.contains("nothing"), "thrown, and named")
	}

	test_ugensAreToldOf {
		var kinds = List.new, synth;
		this.load(\gain);
		NN.onEvent = { |what, key, text, event| if(event.scope == \ugen) { kinds.add([what, event.node]) } };
		synth = this.play(\gain);
		this.until(2) { kinds.includesEqual([\ready, synth.nodeID]) };
		synth.free;
		this.until(2) { kinds.includesEqual([\freed, synth.nodeID]) };
		this.assertEquals(kinds.asArray.collect(_.first).select { |kind| #[\made, \ready, \freed].includes(kind) }, [\made, \ready, \freed], "in this order")
	}

	test_nothingThatAnswersIsAnError {
		this.load(\gain);
		text = this.thrown { NNQuestion(NNServer.of(server), [1, -1, -1], \gain, \ugen, 0.3).ask(["/cmd", "/nn_send", 1, -1, -1, "get", "gain"], {}) };
		this.assert(text.asString.contains("is there a synth"), "said after a while")
	}
}
