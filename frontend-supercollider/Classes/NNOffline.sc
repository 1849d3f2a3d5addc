// Rendering without real time: what would be sent is collected for a Score.
NNOffline {
	classvar <current;
	var infos, server;

	*new { |infoFile, server|
		^super.new.prInit(infoFile, server)
	}

	prInit { |infoFile, argServer|
		server = argServer ? Server.default;
		infos = if(infoFile.isNil) { [] } { NNModelInfo.allFromFile(infoFile) }
	}

	messages { |function|
		var outer = current;
		^NN.prUse(NNRegistry.new) {
			server.makeBundle(false, {
				current = this;
				protect { function.value(server) } { current = outer }
			})
		}
	}

	load { |key, path, id = -1, action|
		var file = path.asString.standardizePath;
		var info = infos.detect { |each| each.path.standardizePath == file and: { id < 0 or: { each.idx == id } } };
		var model;
		if(info.isNil) {
			file = NNLoading.checkFile(path);
			info = NNLoading.info(file);
			model = NNModel.prNew(file, this.prFree(key, file, id), server)
		} {
			model = NNModel.prNew(file, info.idx, server)
		};
		model.prDescribe(info);
		NN.prRegistry.put(key, model);
		server.sendMsg(*model.loadMsg);
		action.value(model);
		^model
	}

	// a number that neither the file nor this block uses
	prFree { |key, file, id|
		var number = NN.prRegistry.indexFor(key, file, id, server);
		if(id >= 0) { ^number };
		while { infos.any { |info| info.idx == number } } { number = number + 1 };
		^number
	}

	// a sound file through a method, into another file
	*resynth { |method, bufPath, dstPath, blockSize = 0, action|
		var source = bufPath.asString.standardizePath, destination = dstPath.asString.standardizePath;
		var sound = SoundFile.openRead(source), options, definition, score, channels, duration, commands;
		if(sound.isNil) { NNError("nrtResynth: % cannot be opened as a sound file".format(source)).throw };
		sound.close;
		channels = sound.numChannels;
		if(method.numInputs == 0) { NNError("nrtResynth: % takes no sound".format(method.name)).throw };
		duration = sound.numFrames / sound.sampleRate;
		definition = SynthDef(\nnResynth, {
			var signals = PlayBuf.ar(channels, 0, BufRateScale.ir(0)).asArray;
			Out.ar(0, method.ar(method.numInputs.collect { |index| signals.wrapAt(index) }, blockSize))
		});
		options = ServerOptions.new.numOutputBusChannels_(method.numOutputs).memSize_(2 ** 16)
			.numWireBufs_(256.max((method.numInputs + method.numOutputs * 2).nextPowerOfTwo));
		score = Score([
			[0.0, method.model.loadMsg, ["/b_allocRead", 0, source], ["/d_recv", definition.asBytes]],
			[0.0, ["/s_new", "nnResynth", 1000, 0, 0]],
			[duration, ["/c_set", 0, 0]]
		]);
		commands = NN.prTmpFile("osc");
		score.recordNRT(commands, destination, nil, sound.sampleRate,
			if(destination.toLower.endsWith("wav")) { "WAV" } { "AIFF" }, "float", options, "", duration,
			{ |status| File.delete(commands); action.value(status) }
		)
	}
}
