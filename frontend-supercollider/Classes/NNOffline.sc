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

	// a sound file through a method, into another file that ends when the last of the sound has come out
	*resynth { |method, bufPath, dstPath, blockSize = 0, action|
		var source = bufPath.asString.standardizePath, destination = dstPath.asString.standardizePath;
		var sound = SoundFile.openRead(source), options, definition, channels, frames, outputs, commands;
		if(sound.isNil) { NNError("nrtResynth: % cannot be opened as a sound file".format(source)).throw };
		sound.close;
		if(method.numInputs == 0) { NNError("nrtResynth: % takes no sound".format(method.name)).throw };
		channels = sound.numChannels;
		// silence follows the sound
		frames = sound.numFrames + this.prLatency(method.model.minBufferSize, blockSize);
		// each channel is an example for itself where there is one input
		outputs = method.numOutputs * if(method.numInputs == 1) { channels } { 1 };
		definition = SynthDef(\nnResynth, {
			var signals = PlayBuf.ar(channels, 0).asArray;
			var inputs = if(method.numInputs == 1) { signals } {
				method.numInputs.collect { |index| signals.wrapAt(index) }
			};
			Out.ar(0, method.ar(inputs, blockSize).asArray.flat)
		});
		options = ServerOptions.new.numOutputBusChannels_(outputs).memSize_(2 ** 16)
			.numWireBufs_(256.max((method.numInputs + channels + outputs * 2).nextPowerOfTwo));
		commands = NN.prTmpFile("osc");
		Score([
			[0.0, method.model.loadMsg, ["/b_alloc", 0, frames, channels], ["/b_read", 0, source], ["/d_recv", definition.asBytes]],
			[0.0, ["/s_new", "nnResynth", 1000, 0, 0]],
			[frames / sound.sampleRate, ["/c_set", 0, 0]]
		]).recordNRT(commands, destination, nil, sound.sampleRate, this.prHeaderFormat(destination), "float", options, "",
			frames / sound.sampleRate, { |status| File.delete(commands); action.value(status) })
	}

	*prHeaderFormat { |path|
		^if("\\.aiff?$".matchRegexp(path.toLower)) { "AIFF" } { "WAV" }
	}

	// in samples, with the server's usual block: until the buffer is full, and with a thread as long again
	*prLatency { |ratio, blockSize|
		var block = 64, size = blockSize.asInteger;
		var buffer = if(size == 0) { ratio } { size.max(ratio).max(block).roundUp(ratio.lcm(block)) };
		^buffer.asInteger - gcd(buffer.asInteger, block) + if(size == 0) { 0 } { buffer }
	}
}
