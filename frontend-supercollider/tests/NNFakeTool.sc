// Stands for the tool `nn` and its models where nothing has been built: a script that prints descriptions.
NNFakeTool {
	classvar theOne;
	var <folder, saved;

	*new { ^super.new.prInit.install }

	*shared {
		theOne = theOne ?? { super.new.prInit };
		^theOne.install
	}

	prInit {
		folder = Platform.defaultTempDir +/+ "nn-fake-%-%".format(thisProcess.pid, UniqueID.next);
		File.mkdir(folder);
		this.prModels.keysValuesDo { |name, lines|
			this.write(name ++ ".ts", "a file");
			this.write(name ++ ".ts.yaml", this.entry(name, lines))
		};
		this.write("broken.ts", "no archive");
		this.write("it's \"a\" $HOME `name`.ts", "a file");
		this.write("it's \"a\" $HOME `name`.ts.yaml", this.entry("odd", this.prModels["identity"]));
		this.write("nn", "#!/bin/sh\necho called >> '%/calls'\nif [ -f \"$2.yaml\" ]; then cat \"$2.yaml\"; else echo \"error: $2: this is no model\" >&2; exit 1; fi\n".format(folder));
		"chmod +x '%/nn'".format(folder).systemCmd
	}

	install {
		saved = [ "NN_TOOL", "NN_MODELS" ].collect { |name| [name, name.getenv] };
		"NN_TOOL".setenv(folder +/+ "nn");
		"NN_MODELS".setenv(folder)
	}

	// at the end of all tests
	*freeShared { theOne !? { File.deleteAll(theOne.folder) } }

	path { |name| ^folder +/+ name ++ ".ts" }

	calls {
		var file = folder +/+ "calls";
		^if(File.exists(file)) { File.readAllString(file).split($\n).size - 1 } { 0 }
	}

	write { |name, text|
		File.use(folder +/+ name, "w") { |file| file.write(text) }
	}

	entry { |name, lines|
		^"- idx: 0\n  modelPath: \"%\"\n".format(this.path(name)) ++ lines
	}

	restore {
		saved.do { |pair| if(pair[1].isNil) { pair[0].unsetenv } { pair[0].setenv(pair[1]) } }
	}

	free {
		this.restore;
		File.deleteAll(folder)
	}

	prMethod { |name, ins, inRatio, outs, outRatio|
		^"    - name: %\n      inDim: %\n      inRatio: %\n      outDim: %\n      outRatio: %\n      inLabels: []\n      outLabels: []\n".format(
			name, ins, inRatio, outs, outRatio)
	}

	prModels {
		var head = "  minBufferSize: %\n  sampleRate: %\n  methods:\n";
		var without = "  attributes: []\n  attributeTypes: []\n  problem: \"\"\n";
		^Dictionary[
			"identity" -> (head.format(1, 0) ++ this.prMethod("forward", 1, 1, 1, 1) ++ without),
			"onlyhere" -> (head.format(1, 0) ++ this.prMethod("forward", 1, 1, 1, 1) ++ without),
			"codec" -> (head.format(512, 44100) ++ this.prMethod("forward", 1, 1, 1, 1) ++ this.prMethod("encode", 1, 1, 3, 512)
				++ this.prMethod("decode", 3, 512, 1, 1) ++ without),
			"multi" -> (head.format(1, 0) ++ this.prMethod("swap", 2, 1, 2, 1) ++ without),
			"generator" -> (head.format(1, 0) ++ this.prMethod("forward", 0, 1, 1, 1)
				++ "  attributes:\n    - frequency\n  attributeTypes:\n    - [float]\n  problem: \"\"\n"),
			"gain" -> (head.format(1, 0) ++ this.prMethod("forward", 1, 1, 1, 1) ++ this.prMethod("inverse", 1, 1, 1, 1)
				++ "  attributes:\n    - gain\n    - muted\n    - mode\n  attributeTypes:\n    - [float]\n    - [bool]\n    - [string]\n  problem: \"\"\n"),
			"refused" -> (head.format(1, 0) ++ this.prMethod("forward", 1, 1, 1, 1)
				++ "  attributes: []\n  attributeTypes: []\n  problem: \"it calls aten::save, which is refused\"\n")
		]
	}
}
