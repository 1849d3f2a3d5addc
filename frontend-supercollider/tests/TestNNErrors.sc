// Each mistake is one line that names it and says what to do.
TestNNErrors : UnitTest {
	var tool;

	setUp {
		tool = NNFakeTool.shared;
		NN.prUseForTest;
		#[\identity, \codec, \multi, \generator, \gain].do { |name| NN.read(name, tool.path(name.asString)) }
	}

	tearDown { NN.prEndTest; tool.restore }

	prSays { |function, parts|
		var text;
		try { function.value } { |error| text = error.errorString };
		this.assert(text.notNil, "throws: %".format(parts));
		if(text.notNil) {
			this.assert(text.beginsWith("ERROR: NN: "), "is one of ours: %".format(text));
			this.assert(text.includes(Char.nl).not, "is one line: %".format(text));
			parts.do { |part| this.assert(text.contains(part), "`%` says %".format(text, part)) }
		}
	}

	prBuild { |function, parts| this.prSays({ SynthDef(\t, function) }, parts) }

	test_unknownKeysListThoseThatExist {
		this.prSays({ NN(\nothing) }, ["\\nothing", "codec, gain, generator, identity, multi"]);
		NN.models.do { |model| NN.unload(model) };
		this.prSays({ NN(\nothing) }, ["NN.load"]);
		this.assertEquals(NN.model(\nothing), nil, "NN.model gives nil")
	}

	test_unknownMethodsListThoseThatExist {
		this.prSays({ NN(\gain, \encode) }, ["gain has no method encode", "forward, inverse"])
	}

	test_numberOfSignals {
		this.prBuild({ NN(\multi, \swap).ar(SinOsc.ar) }, ["swap", "2 signals", "was given 1"]);
		this.prBuild({ NN(\multi, \swap).ar([SinOsc.ar, SinOsc.ar, SinOsc.ar]) }, ["2 signals", "was given 3"]);
		this.prBuild({ NN(\multi, \swap).ar([[SinOsc.ar], [SinOsc.ar, SinOsc.ar]]) }, ["arrays of 1, 2"]);
		this.prBuild({ NN(\identity, \forward).ar([]) }, ["one signal", "was given 0"]);
		this.prBuild({ NN(\identity, \forward).ar }, ["one signal", "none"]);
		this.prBuild({ NN(\generator, \forward).ar(SinOsc.ar) }, ["takes no signals"])
	}

	test_signalsThatAreNone {
		this.prBuild({ NN(\multi, \swap).ar([SinOsc.ar, nil]) }, ["input 2 of 2 is nil"]);
		this.prBuild({ NN(\identity, \forward).ar("sound") }, ["forward", "the text"])
	}

	test_unknownAttributesListThoseThatExist {
		this.prBuild({ NN(\gain, \forward).ar(DC.ar(0), attributes: [gian: 1]) }, ["no attribute gian", "gain, muted, mode"]);
		this.prBuild({ NN(\identity, \forward).ar(DC.ar(0), attributes: [gain: 1]) }, ["it has: none"]);
		this.prBuild({ NN(\gain, \forward).ar(DC.ar(0), attributes: [\gain]) }, ["without a value"])
	}

	test_attributesThatASynthDefCannotHold {
		[ "half", [1, 2] ].do { |value|
			this.prBuild({ NN(\gain, \forward).ar(DC.ar(0), attributes: [\mode, value]) }, ["attribute mode", "NNSynth(synth).set(\\mode"])
		}
	}

	test_bufferSizeAtControlRate {
		this.prBuild({ |size = 2048| NN(\identity, \forward).ar(DC.ar(0), size) }, ["bufferSize", "initial rate", ".ir("])
	}

	test_copiesThatDoNotFit {
		this.prBuild({ NN(\identity, \forward).ar([DC.ar(0), DC.ar(1)], copies: 3) }, ["copies: 3", "2 inputs"])
	}

	test_keysThatAreNone {
		this.prSays({ NN.load(tool.path("gain"), \gain) }, ["first argument is the key", "looks like a path"]);
		this.prSays({ NN.load(3, tool.path("gain")) }, ["3 is no key"]);
		this.prSays({ NN.load(nil, tool.path("gain")) }, ["nil is no key"]);
		this.prSays({ NN.load(\gain) }, ["needs a path"])
	}

	test_idsThatAreNone {
		this.prBuild({ NN(\identity, \forward).ar(DC.ar(0), id: ()) }, ["neither a name"]);
		this.prSays({ NNSynth("x") }, ["no synth"]);
		this.prSays({ NNSynth(nil) }, ["a synth, an id or a key", "NN.send"])
	}

	test_serverThatIsOff {
		this.prSays({ NN.load(\a, tool.path("gain"), server: Server(\off, NetAddr("127.0.0.1", 57999))) }, ["not running", "s.boot"]);
		Server.all.remove(Server.named[\off]);
		Server.named.removeAt(\off)
	}

	test_filesThatAreMissingBrokenOrRefused {
		this.prSays({ NN.read(\a, "/nowhere/x.ts") }, ["no model file /nowhere/x.ts", "check the path"]);
		this.prSays({ NN.read(\a, tool.path("broken")) }, ["broken.ts", "this is no model"]);
		this.prSays({ NN.read(\a, tool.path("refused")) }, ["refused.ts", "aten::save"]);
		this.assertEquals(NN.model(\a), nil, "nothing is registered")
	}

	test_toolThatIsMissing {
		"NN_TOOL".setenv("none");
		tool.write("unread.ts", "a file");
		this.prSays({ NN.read(\a, tool.path("unread")) }, ["support/nn", "boot the server"])
	}

	// what is warned of with so many wires
	prWarning { |wires, function|
		var options = Server.default.options, saved = options.numWireBufs;
		NNPlaying.prTakeWarning;
		options.numWireBufs = wires;
		SynthDef(\t, function);
		options.numWireBufs = saved;
		^NNPlaying.prTakeWarning
	}

	test_moreSignalsThanWires {
		var signals = { NN(\multi, \swap).ar([[DC.ar(0), DC.ar(0)], [DC.ar(0), DC.ar(0)]]) };
		this.assertEquals(this.prWarning(64, signals), nil, "none where there are enough");
		[4, 16].do { |wires|
			var warning = this.prWarning(wires, signals);
			this.assert(warning.asString.contains("swap has 8 signals, and the server % wires".format(wires)), warning);
			this.assert(warning.asString.contains("s.options.numWireBufs = 32; s.reboot"), "says what to do")
		}
	}

	test_severalSmallUGensThatNeedMoreWires {
		var ugens = { |number| { number.collect { |index| NN(\multi, \swap).ar([SinOsc.ar(index), Saw.ar(index)]).sum }.sum } };
		var warning = this.prWarning(64, ugens.(16));
		this.assertEquals(this.prWarning(64, ugens.(15)), nil, "none where there are enough");
		this.assert(warning.asString.contains("the UGens of models in this SynthDef have 64 signals, and the server 64 wires"), warning);
		this.assert(warning.asString.contains("s.options.numWireBufs = 128; s.reboot"), "says what to do");
		this.assertEquals(this.prWarning(64, ugens.(17)), warning, "said once, when there are too many");
		this.assertEquals(this.prWarning(64) { NN(\identity, \forward).ar(DC.ar(1), copies: 60).sum }, nil, "a signal at several UGens counts once");
		this.assert(this.prWarning(64) { NN(\identity, \forward).ar(DC.ar(1), copies: 63).sum }.notNil, "copies count")
	}

	test_chainsOfUGensThatNeedMoreWires {
		var warning = this.prWarning(32) {
			var inputs = 8.collect { |index| SinOsc.ar(index) }, chain = NN(\identity, \forward).ar(inputs);
			NN(\identity, \forward).ar(chain).sum + inputs.sum
		};
		this.assert(warning.asString.contains("forward has 16 signals, and the server 32"), "from half of them on: %".format(warning))
	}
}
