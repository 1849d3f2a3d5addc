// Servers with the plug-in, without it, and with few wires; what they load, describe and reload.
TestNNServers : NNServerTest {
	test_moreSignalsThanWires {
		var small = Server(\nnSmall, NetAddr("127.0.0.1", 57349)), warning, answer;
		small.options.numWireBufs = 16;
		small.bootSync;
		NN.load(\small, this.path("identity"), server: small);
		NNPlaying.prTakeWarning;
		{ NN(\small, \forward, small).ar(DC.ar((1 .. 12)), 256).sum }.play(small);
		warning = NNPlaying.prTakeWarning;
		// supernova has as many as it needs
		if(Server.program.asString.contains("supernova")) {
			this.assertEquals(warning, nil, "no warning")
		} {
			this.assert(warning.asString.contains("forward has 24 signals, and the server 16 wires"), "warns: %".format(warning))
		};
		small.sync;
		{ NN(\small, \forward, small).ar(DC.ar(1), 256, id: \one) * 0.01 }.play(small);
		this.until(5) { NNServer.of(small).numPlaying(NN(\small, nil, small)) > 0 };
		answer = NNSynth(nil, \one, server: small).methods({});
		this.assertEquals(answer, [\forward], "the server is well");
		NN.unload(\small, small);
		small.quit;
		this.until(5) { small.serverRunning.not };
		small.remove
	}

	test_pluginThatIsMissing {
		var bare = Server(\nnBare, NetAddr("127.0.0.1", 57345)), text, begin;
		bare.options.ugenPluginsPath = "NN_PLUGINS_STANDARD".getenv ? "/usr/lib/SuperCollider/plugins";
		"SC_PLUGIN_PATH".getenv !? { |path| "NN_SAVED".setenv(path); "SC_PLUGIN_PATH".unsetenv };
		bare.bootSync;
		"NN_SAVED".getenv !? { |path| "SC_PLUGIN_PATH".setenv(path) };
		begin = Main.elapsedTime;
		text = this.thrown { NN.load(\a, this.path("identity"), server: bare) };
		this.assert(text.notNil and: { text.contains("has no plug-in nn: put the folder nn into") }, "says what to do: %".format(text));
		this.assert(Main.elapsedTime - begin < 3, "within 3 s");
		bare.quit;
		this.until(5) { bare.serverRunning.not };
		bare.remove
	}

	test_missingModelThrows {
		text = this.thrown { NN.load(\a, "/nowhere/a.ts") };
		this.assert(text.asString.contains("/nowhere/a.ts"), "names the file")
	}

	test_brokenModelThrows {
		var file = Platform.defaultTempDir +/+ "broken.ts";
		File.use(file, "w") { |f| f.write("this is no model") };
		text = this.thrown { NN.load(\a, file) };
		this.assert(text.asString.contains("broken.ts"), "names the file");
		File.delete(file)
	}

	test_modelsAreListedInAFile {
		var file = NN.prTmpFile;
		this.load(\gain);
		NN.dumpInfo(file);
		this.assert(this.until(3) { File.exists(file) }, "the file is written");
		0.2.wait;
		this.assert(NNModelInfo.allFromFile(file).any { |info| info.idx == NN(\gain).idx and: { info.attributes.includes(\gain) } }, "with this model");
		File.delete(file)
	}

	test_loadWritesTheInformationFileOfNnAr {
		var file = NN.prTmpFile, info;
		server.sendMsg(*NN.loadMsg(77, this.path("features"), file));
		this.until(3) { File.exists(file) };
		0.2.wait;
		info = NNModelInfo.fromFile(file);
		this.assertEquals([info.idx, info.minBufferSize, info.sampleRate, info.methods.collect(_.name)], [77, 512, 44100.0, [\forward, \rms, \bands8]], "what it says");
		server.sendMsg("/cmd", "/nn_unload", 77);
		File.delete(file)
	}

	test_toolAndPluginSayTheSame {
		var file = NN.prTmpFile;
		#["codec", "features", "gain", "generator"].do { |name|
			var here = NNModelInfo.fromDict(NNTool.describe(this.path(name))), there;
			server.sendMsg(*NN.loadMsg(78, this.path(name), file));
			this.until(3) { File.exists(file) };
			0.1.wait;
			there = NNModelInfo.fromFile(file);
			this.assertEquals(
				[here, there].collect { |info| [info.minBufferSize, info.sampleRate, info.attributes, info.attributeTypes,
					info.methods.collect { |method| [method.name, method.numInputs, method.inRatio, method.numOutputs, method.outRatio] }] }.asSet.size,
				1, name);
			File.delete(file)
		};
		server.sendMsg("/cmd", "/nn_unload", 78)
	}

	test_trialFindsThatAllIsWell {
		var found;
		NN.test(server, { |result| found = result });
		this.until(15) { found.notNil };
		this.assertEquals([found[\plugin], found[\model], found[\sound]], [true, true, true], "plug-in, model, sound")
	}

	test_aTrialThatFailsLeavesNothing {
		var link = NNServer.of(server), found, before;
		link.ensure;
		before = NNTrialOfSilence.make(server);
		before.start { |result| found = result };
		this.assert(this.until(15) { found.notNil }, "it ends");
		this.assertEquals(found[\ok], false, "something was wrong");
		this.assert(found[\error].asString.contains("nothing plays"), "and is said");
		server.sync;
		this.assert(this.until(3) { link.numPlaying(before.model) == 0 }, "its synth is gone");
		this.assertEquals(link.modelAt(before.model.idx), nil, "its model too")
	}

	test_reloadReachesSynths {
		var file = Platform.defaultTempDir +/+ "nn-changing.ts", synth, begin;
		File.copy(this.path("identity"), file);
		NN.load(\a, file, server: server);
		synth = { NN(\a, \forward).ar(DC.ar(0.1), 256) }.play(server);
		this.until(3) { NNServer.of(server).numPlaying(NN(\a)) == 1 };
		this.assertEquals(NNSynth(synth).methods({}), [\forward], "methods before");
		File.delete(file);
		File.copy(this.path("gain"), file);
		NN.reload(\a);
		this.assertEquals(NN(\a).methods.collect(_.name), [\forward, \inverse], "of the model");
		this.assert(this.until(3) { NNSynth(synth).methods({}).includes(\inverse) }, "of the synth");
		File.delete(file)
	}

	test_loadOfManyAtOnce {
		var done = List.new, names = #["codec", "gain", "identity", "multi"];
		names.do { |name| NN.load(name.asSymbol, this.path(name), server: server, action: { |model| done.add(model) }) };
		this.until(10) { done.size == names.size };
		this.assertEquals(done.collect(_.idx).asSet.size, names.size, "each has its number")
	}
}
