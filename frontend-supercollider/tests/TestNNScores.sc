// Rendering without real time. No server runs.
TestNNScores : UnitTest {
	setUp { NN.prUseForTest }
	tearDown { NN.prEndTest }

	path { |name| ^NN.modelsPath +/+ name ++ ".ts" }

	// samples of what a Score renders
	render { |list, channels = 2|
		var condition = Condition.new, commands = NN.prTmpFile("osc"), file = Platform.defaultTempDir +/+ "nn-score-%.wav".format(UniqueID.next), sound, samples;
		Score(list).recordNRT(commands, file, nil, 48000, "WAV", "float",
			ServerOptions.new.numOutputBusChannels_(channels).memSize_(2 ** 16), "", nil, { condition.test = true; condition.signal });
		condition.wait;
		sound = SoundFile.openRead(file);
		samples = FloatArray.newClear(sound.numFrames * sound.numChannels);
		sound.readData(samples);
		sound.close;
		[file, commands].do { |path| File.delete(path) };
		^samples.as(Array).clump(channels).flop
	}

	definition { |key, bufferSize = 512|
		^SynthDef(\t, { var noise = WhiteNoise.ar; Out.ar(0, [noise, NN(key, \forward).ar(noise, bufferSize)]) })
	}

	assertIdentity { |channels|
		var noise = channels[0], played = channels[1], shift;
		shift = (0 .. 4000).detect { |n| (20000, 20037 .. 24000).every { |i| played[i] == noise[i - n] } };
		this.assert(shift.notNil, "the sound is the input, later");
		shift !? {
			this.assert((shift + 1 .. 24000).every { |i| played[i] == noise[i - shift] }, "from the first sample on, after %".format(shift))
		};
		^shift
	}

	test_scoreWithADescriptionOfTheTool {
		NN.read(\identity, this.path("identity"));
		this.assertIdentity(this.render([
			[0.0, NN(\identity).loadMsg, ["/d_recv", this.definition(\identity).asBytes]],
			[0.0, ["/s_new", "t", 1000, 0, 0]],
			[0.6, ["/c_set", 0, 0]]
		]))
	}

	test_scoreOfNnAr {
		var info = NN.prTmpFile, messages;
		// the description that a server wrote before
		File.use(info, "w") { |f| f.write(
			"- idx: 0\n  modelPath: %\n  minBufferSize: 1\n  sampleRate: 0\n  methods:\n    - name: forward\n      inDim: 1\n      inRatio: 1\n      outDim: 1\n      outRatio: 1\n  attributes:\n".format(this.path("identity"))) };
		messages = NN.nrt(info) {
			NN.load(\a, this.path("identity"));
			this.definition(\a).doSend(Server.default)
		};
		this.assertIdentity(this.render([
			[0.0] ++ messages,
			[0.0, ["/s_new", "t", 1000, 0, 0]],
			[0.6, ["/c_set", 0, 0]]
		]));
		File.delete(info)
	}

	test_attributesInAScore {
		var channels;
		NN.read(\gain, this.path("gain"));
		channels = this.render([
			[0.0, NN(\gain).loadMsg, ["/d_recv", SynthDef(\t, {
				Out.ar(0, NN(\gain, \forward).ar(DC.ar(1), 512, id: \voice, attributes: [gain: 0.5]) ! 2) }).asBytes]],
			[0.0, ["/s_new", "t", 1000, 0, 0]],
			[0.3, NNSynth(nil, \voice).msgFor(\set, \offset_steps, 2)],
			[0.6, ["/c_set", 0, 0]]
		]);
		this.assertEquals(channels[0][12000], 0.5, "an attribute of the SynthDef");
		this.assertEquals(channels[0][27000], 0.75, "a message at its time")
	}

	// a sound file, what comes of it through a model, and as which kind of file
	prResynth { |key, channels, blockSize, ending = "wav"|
		var condition = Condition.new, sound, samples = FloatArray.newClear(0);
		var source = NN.prTmpFile("wav"), destination = NN.prTmpFile(ending);
		var played = FloatArray.fill(24000 * channels, { |i| i + 1 / 65536 });
		sound = SoundFile.new.headerFormat_("WAV").sampleFormat_("float").numChannels_(channels).sampleRate_(48000);
		sound.openWrite(source);
		sound.writeData(played);
		sound.close;
		NN.read(key, this.path(key.asString)).nrtResynth(source, destination, blockSize, action: { condition.test = true; condition.signal });
		condition.wait;
		sound = SoundFile.openRead(destination);
		sound !? {
			samples = FloatArray.newClear(sound.numFrames * sound.numChannels);
			sound.readData(samples);
			sound.close
		};
		[source, destination].do { |file| File.delete(file) };
		^[played, samples, sound]
	}

	test_resynthIsWhole {
		var played, samples, sound;
		#played, samples, sound = this.prResynth(\identity, 1, 512);
		this.assertEquals([sound.numChannels, sound.sampleRate], [1, 48000], "as the source");
		this.assert(sound.numFrames.inclusivelyBetween(24960, 25024), "longer by the latency: %".format(sound.numFrames));
		this.assertEquals(samples.as(Array).copyRange(960, 24959), played.as(Array), "to the last sample")
	}

	test_resynthInTheAudioThreadIsNotLate {
		var played, samples;
		#played, samples = this.prResynth(\identity, 1, 0, "sound");
		this.assertEquals(samples.as(Array).keep(24000), played.as(Array), "as long as the source")
	}

	test_resynthOfSeveralChannels {
		var played, samples, sound;
		#played, samples, sound = this.prResynth(\identity, 2, 0);
		this.assertEquals(sound.numChannels, 2, "each by itself");
		this.assertEquals(samples.as(Array).keep(48000), played.as(Array), "samples")
	}

	test_resynthOfSeveralOutputs {
		var sound = this.prResynth(\multi, 2, 512).last;
		this.assertEquals(sound.numChannels, 2, "as many channels")
	}

	test_resynthMakesWavUnlessTheNameSaysAiff {
		this.assertEquals(["aif", "AIFF", "wav", "sound"].collect { |ending| NNOffline.prHeaderFormat("x." ++ ending) },
			["AIFF", "AIFF", "WAV", "WAV"], "by the name");
		this.assertEquals(this.prResynth(\identity, 1, 0, "aiff").last.headerFormat, "AIFF", "as the file says");
		this.assertEquals(this.prResynth(\identity, 1, 0, "sound").last.headerFormat, "WAV", "as the file says")
	}
}
