// A model on a server.
NNModel {
	var <server, <path, <idx, <info, <methods;

	// waits in a Routine, else goes on at once
	*load { |path, id = -1, server, action|
		^NNLoading(path, id, server).start(action)
	}

	// from an information file; the server has the model already
	*read { |infoFile, server|
		^this.fromInfo(NNModelInfo.fromFile(infoFile), nil, server)
	}

	*fromInfo { |info, overrideId, server|
		var model = this.prNew(info.path, overrideId ? info.idx, server ? Server.default);
		model.prDescribe(info);
		NNServer.of(model.server).know(model);
		^model
	}

	*prNew { |path, idx, server|
		^super.newCopyArgs(server, path, idx)
	}

	prDescribe { |argInfo|
		info = argInfo;
		methods = info.methods.collect { |method| method.of(this) }
	}

	prIdx { |number| idx = number }

	minBufferSize { ^this.prInfo.minBufferSize }
	attributes { ^this.prInfo.attributes }
	attrIdx { |name| ^this.prInfo.attrIdx(name) }
	key { ^NN.keyForModel(this) }
	shortName { ^this.key ?? { path.basename } }

	prInfo {
		^info ?? {
			NNError("% is not described yet: wait for NN.load, or use its action".format(this.shortName)).throw
		}
	}

	// nil if there is none
	method { |name|
		this.prInfo;
		^methods.detect { |method| method.name == name.asSymbol }
	}

	prNeed { |name|
		^this.method(name) ?? {
			NNError("% has no method %; it has: %".format(this.shortName, name,
				if(methods.isEmpty) { "none" } { methods.collect(_.name).join(", ") })).throw
		}
	}

	describe {
		"NN model % (number % on %)".format(this.shortName, idx, server.name).postln;
		this.prInfo.describe
	}

	loadMsg { |newPath, infoFile|
		^NN.loadMsg(idx, newPath ? path, infoFile)
	}

	dumpInfoMsg { |outFile|
		^NN.dumpInfoMsg(idx, outFile)
	}

	dumpInfo { |outFile|
		server.sendMsg(*this.dumpInfoMsg(outFile))
	}

	// the file again: synths crossfade to it
	reload { |action|
		NNLoading.again(this).start(action)
	}

	unload { NN.unload(this) }

	// to the loaded model, without a synth
	msg { |selector ... args|
		server.sendMsg("/cmd", "/nn_model", idx, selector.asString, *NNAttributes.words(args, server))
	}

	// renders a sound file through `forward`, with a server of its own
	nrtResynth { |bufPath, dstPath, blockSize = 0, method = \forward, action|
		NNOffline.resynth(this.prNeed(method), bufPath, dstPath, blockSize, action)
	}

	printOn { |stream|
		stream << "NNModel(" << this.shortName << ", " << idx << ")"
	}
}
