// Files as users of nn.ar write them run unchanged.
TestNNUsersOfNnAr : NNServerTest {
	var folder;

	setUp {
		super.setUp;
		folder = "~/nn".standardizePath;
		if(File.exists(folder).not) { "ln -s '%' '%'".format(NN.modelsPath, folder).systemCmd }
	}

	tearDown {
		Ndef.clear;
		"rm -f '%'".format(folder).systemCmd;
		super.tearDown
	}

	file { |name| ^this.class.filenameSymbol.asString.dirname +/+ "nn_ar" +/+ name ++ ".scd" }

	// a file is run, and then sound is heard within 6 s
	hears { |name|
		var peak = 0, monitor, responder;
		responder = OSCFunc({ |message| peak = max(peak, message[3]) }, '/nn.heard', server.addr);
		this.file(name).load;
		monitor = { SendReply.kr(Impulse.kr(20), '/nn.heard', Peak.kr(In.ar(0), Impulse.kr(20))); Silent.ar }.play(server, addAction: \addToTail);
		this.until(6) { monitor.moveToTail; peak > 0.005 };
		this.assert(peak > 0.005, "% is heard".format(name));
		responder.free
	}

	test_effect { this.hears("effect"); this.assert(NN.model(\fx).notNil, "registered") }
	test_loadWithAnAction { this.hears("action") }
	test_latents { this.hears("latents") }
	test_attributes { this.hears("attributes") }
	test_batches {
		this.hears("batches");
		this.assertEquals([NN(\mono).idx, NN(\two).idx], [10, 11], "numbers that were asked for");
		this.assertEquals(~bundle.drop(1).collect { |message| message.keep(3) }, [["/cmd", "/nn_load", 10], ["/cmd", "/nn_load", 11]], "a bundle of all");
		this.assert(this.until(3) { ~first.notNil }, "the first of all models in a file");
		this.assertEquals(~first.basename, "gain.ts", "is that with the smallest number");
		File.delete(NN.tmpPath +/+ "nn-all.yaml")
	}
	test_modelObjects { this.hears("model_objects") }

	test_score {
		var file = "~/nn-score.wav".standardizePath, sound, samples;
		File.use("~/nn-info.yaml".standardizePath, "w") { |f| f.write(
			"- idx: 0\n  modelPath: %\n  minBufferSize: 1\n  sampleRate: 0\n  methods:\n    - name: forward\n      inDim: 1\n      inRatio: 1\n      outDim: 1\n      outRatio: 1\n  attributes:\n".format(folder +/+ "identity.ts")) };
		this.file("score").load;
		this.until(6) { File.exists(file) and: { File.fileSize(file) > 190000 } };
		sound = SoundFile.openRead(file);
		this.assert(sound.notNil, "the file is there");
		sound !? {
			samples = FloatArray.newClear(sound.numFrames * 2);
			sound.readData(samples);
			sound.close;
			this.assertFloatEquals(samples.maxItem, 0.5, "with the sound", 0.01)
		};
		[file, "~/nn-info.yaml".standardizePath, "~/nn-score.osc".standardizePath].do { |path| File.delete(path) }
	}
}
