// What models are, from the tool and from information files.
TestNNDescription : UnitTest {
	var tool;

	setUp { tool = NNFakeTool.new; NN.prUseForTest }
	tearDown { NN.prEndTest; tool.free }

	test_readNeedsNoServer {
		var model = NN.read(\gain, tool.path("gain"));
		this.assertEquals(model.path, tool.path("gain"), "path");
		this.assertEquals(model.attributes, [\gain, \muted, \mode], "attributes");
		this.assertEquals(model.attrIdx(\mode), 2, "index of an attribute");
		this.assertEquals(model.methods.collect(_.name), [\forward, \inverse], "methods");
		this.assertEquals(model.info.attributeType(\mode), [\string], "type");
		this.assertEquals(NN(\gain, \inverse).idx, 1, "index of a method");
		this.assert(NN(\gain, \inverse).model === model, "method knows its model");
		this.assertEquals(NN.keyForModel(model), \gain, "key");
		this.assertEquals(model.key, \gain, "key");
		this.assertEquals(NN.models, [model], "models")
	}

	test_theToolRunsOnceForAFileThatStaysTheSame {
		NN.read(\a, tool.path("gain"));
		NN.read(\b, tool.path("gain"));
		this.assertEquals(tool.calls, 1, "one call for two keys");
		tool.write("gain.ts", "another file");
		NN.read(\a, tool.path("gain"));
		this.assertEquals(tool.calls, 2, "another call when the file has changed")
	}

	test_pathsMayHoldAnything {
		var name = "it's \"a\" $HOME `name`";
		this.assertEquals(NN.read(\odd, tool.path(name)).methods.collect(_.name), [\forward], name)
	}

	test_namesAreFoundInTheModelsFolders {
		this.assertEquals(NN.read(\a, "onlyhere").path, tool.path("onlyhere"), "without ending");
		this.assertEquals(NN.read(\a, "onlyhere.ts").path, tool.path("onlyhere"), "with ending");
		this.assert(File.exists(NN.modelsPath +/+ "codec.ts"), "NN.modelsPath")
	}

	test_namesMeanTheFilesThatThePlugInFinds {
		var own = NNTool.folder +/+ "models", here = "nn-%-%.ts".format(thisProcess.pid, UniqueID.next);
		["both", "both.ts", "chord", "two.nm", "two.ts", "noending", "version.2.ts", "LOUD.TS"].do { |name| tool.write(name, "a file") };
		[tool.folder +/+ "voices", tool.folder +/+ "folder.ts"].do { |folder| File.mkdir(folder) };
		tool.write("voices/low.ts", "a file");
		File.use(here, "w") { |file| file.write("a file") };
		protect {
			[
				["codec", tool.path("codec")], // NN_MODELS comes before the package
				["drive", own +/+ "drive.nm"],
				["both", tool.path("both")], // an ending comes before none
				["chord", own +/+ "chord.nm"], // in all folders
				["two", tool.path("two")], // .ts before .nm
				["two.nm", tool.folder +/+ "two.nm"],
				["noending", tool.folder +/+ "noending"],
				["version.2", tool.path("version.2")],
				["LOUD.TS", tool.folder +/+ "LOUD.TS"],
				["voices/low", tool.path("voices/low")],
				["voices/low.ts", tool.path("voices/low")],
				["voices", nil], // no file
				["folder", nil],
				[tool.folder +/+ "both", tool.path("both")], // a whole path without its ending
				[tool.path("gain"), tool.path("gain")],
				[tool.path("nowhere"), nil],
				[here, nil], // the server has another working directory
				["./" ++ here, nil],
				["", nil]
			].do { |row| this.assertEquals(NNTool.find(row[0]), row[1], row[0].quote) }
		} { File.delete(here) }
	}

	test_modelsFoldersComeInThePlugInsOrder {
		var own = NNTool.folder +/+ "models";
		this.assertEquals(NNTool.modelsFolders.keep(2), [tool.folder, own], "NN_MODELS, the package");
		this.assertEquals(NN.modelsPath, own, "the models of the examples are the package's");
		"NN_MODELS".setenv("");
		this.assertEquals(NNTool.modelsFolders.first, own, "an empty variable is none")
	}

	test_informationFilesOfNnArAreRead {
		var file = NN.prTmpFile, info, model;
		File.use(file, "w") { |f| f.write(
"- idx: 4
  modelPath: /path/model.ts
  minBufferSize: 2048
  sampleRate: 44100
  methods:
    - name: encode
      inDim: 1
      inRatio: 1
      outDim: 8
      outRatio: 2048
  attributes:
    - temperature
- idx: 5
  modelPath: /path/other.ts
  minBufferSize: 1
  sampleRate: 48000
  methods:
  attributes:
") };
		info = NNModelInfo.allFromFile(file);
		this.assertEquals(NNModelInfo.fromFile(file).idx, 4, "the first alone");
		this.assertEquals(info.collect(_.idx), [4, 5], "numbers");
		this.assertEquals(info[0].minBufferSize, 2048, "buffer");
		this.assertEquals(info[0].sampleRate, 44100.0, "rate");
		this.assertEquals(info[0].attributes, [\temperature], "attributes");
		this.assertEquals([info[1].methods, info[1].attributes], [[], []], "none");
		model = NNModel.read(file);
		this.assertEquals([model.idx, model.path, model.minBufferSize, model.method(\encode).numOutputs],
			[4, "/path/model.ts", 2048, 8], "NNModel.read");
		this.assertEquals([nil, 12].collect { |number| NNModel.fromInfo(info[1], number).idx }, [5, 12], "another number");
		this.assertEquals(NNModel.fromInfo(info[1], nil, Server.local).server, Server.local, "a server");
		File.delete(file)
	}

	test_messages {
		var model = NN.read(\gain, tool.path("gain"));
		this.assertEquals(NN.loadMsg(3, "/a.ts", "/i.yaml"), ["/cmd", "/nn_load", 3, "/a.ts", "/i.yaml"], "loadMsg");
		this.assertEquals(NN.loadMsg(3, "/a.ts"), ["/cmd", "/nn_load", 3, "/a.ts", ""], "without a file");
		this.assertEquals(NN.dumpInfoMsg, ["/cmd", "/nn_query", -1, ""], "dumpInfoMsg");
		this.assertEquals(NN.dumpInfoMsg(2, "/o"), ["/cmd", "/nn_query", 2, "/o"], "of one");
		this.assertEquals(model.loadMsg, ["/cmd", "/nn_load", model.idx, model.path, ""], "of a model");
		this.assertEquals(model.loadMsg("/b.ts"), ["/cmd", "/nn_load", model.idx, "/b.ts", ""], "another path");
		this.assertEquals(model.dumpInfoMsg, ["/cmd", "/nn_query", model.idx, ""], "of a model")
	}

	test_pathsOfMessagesAreWholePaths {
		this.assertEquals(NN.loadMsg(3, "~/a.ts", "~/i.yaml").drop(3), ["~/a.ts", "~/i.yaml"].collect(_.standardizePath), "both")
	}

	test_foldersForFilesThatAreSoonGone {
		var before = NN.tmpPath;
		this.assertEquals(before, PathName.tmp, "that of the system");
		NN.tmpPath = tool.folder;
		this.assertEquals(NN.prTmpFile.dirname, tool.folder, "another");
		NN.tmpPath = before
	}

	test_modelsAreAListThatMakesABundle {
		var models = #[\a, \b].collect { |key| NN.read(key, tool.path("gain")) };
		this.assertEquals(NN.models.first, models[0], "first");
		this.assertEquals(NN.models[1], models[1], "by place");
		this.assertEquals([0.0] ++ NN.models.collect(_.loadMsg), [0.0, models[0].loadMsg, models[1].loadMsg], "in a Score")
	}

	test_methodsThatAreNotThereAreNil {
		this.assertEquals(NN.read(\gain, tool.path("gain")).method(\encode), nil, "nil")
	}

	test_numbersDiffer {
		var models = [\a, \b, \c].collect { |key| NN.read(key, tool.path("gain")) };
		this.assertEquals(models.collect(_.idx).asSet.size, 3, "one for each key");
		this.assertEquals(NN.read(\a, tool.path("gain")), models[0], "the same key and file are the same model");
		this.assertEquals(NN.read(\d, tool.path("gain"), 40).idx, 40, "a number that is asked for")
	}

	test_nrtCollectsMessages {
		var file = NN.prTmpFile, messages, inside, built;
		File.use(file, "w") { |f| f.write(tool.entry("gain", File.readAllString(tool.path("gain") ++ ".yaml").split($\n).drop(2).join("\n")).replace("idx: 0", "idx: 9")) };
		"NN_TOOL".setenv("none");
		messages = NN.nrt(file) {
			NN.load(\inside, tool.path("gain"), action: { |model| inside = model });
			SynthDef(\t, { Out.ar(0, NN(\inside, \forward).ar(DC.ar(0))) }).doSend(Server.default)
		};
		this.assertEquals(messages.size, 2, "two messages");
		this.assertEquals(messages[0], ["/cmd", "/nn_load", 9, tool.path("gain"), ""], "the load");
		this.assertEquals(messages[1][0].asString, "/d_recv", "the SynthDef");
		this.assertEquals(inside.idx, 9, "number from the file, action called");
		this.assertEquals(NN.model(\inside), nil, "keys stay inside");
		this.assert(Server.default.addr.hasBundle.not, "the bundle is closed");
		File.delete(file)
	}

	test_nrtWithoutAnInformationFile {
		var messages = NN.nrt { NN.load(\a, tool.path("gain")); NN.load(\b, tool.path("codec")) };
		this.assertEquals(messages.collect { |message| message.keep(4) },
			[["/cmd", "/nn_load", 0, tool.path("gain")], ["/cmd", "/nn_load", 1, tool.path("codec")]], "described by the tool")
	}

	test_describePosts {
		NN.read(\gain, tool.path("gain")).describe;
		NN.describeAll;
		NN(\gain, \forward).describe;
		this.assert(true, "nothing is thrown")
	}
}
