// Models by their keys.
NN {
	classvar registry, tmpPath, <>onEvent, <>listenHost;

	*initClass { registry = NNRegistry.new }

	*prRegistry { ^registry }

	// with other models for a while
	*prUse { |other, function|
		var saved = registry;
		registry = other;
		^protect { function.value } { registry = saved }
	}

	*new { |key, method, server|
		var model = this.model(key, server) ?? {
			NNError("there is no model %; there are: %".format("\\" ++ key,
				if(registry.keys.isEmpty) { "none (use NN.load or NN.read first)" } { registry.keys.join(", ") })).throw
		};
		^if(method.isNil) { model } { model.prNeed(method) }
	}

	// nil if there is none
	*model { |key, server|
		^registry.at(NNRegistry.checkKey(key), server)
	}

	*models { ^registry.models }

	*keyForModel { |model| ^registry.keyFor(model) }

	*load { |key, path, id = -1, server, action|
		key = NNRegistry.checkKey(key);
		if(path.isNil) { NNError("NN.load(%) needs a path: NN.load(%, \"~/model.ts\")".format("\\" ++ key, "\\" ++ key)).throw };
		if(NNOffline.current.notNil) { ^NNOffline.current.load(key, path, id, action) };
		^NNLoading(path, id, server, key).start(action)
	}

	// describes a file without a server, which loads it when it boots
	*read { |key, path, id = -1, server|
		var file, model, info, isFresh = false;
		key = NNRegistry.checkKey(key);
		server = server ? Server.default;
		file = NNLoading.checkFile(path);
		info = NNLoading.info(file);
		model = registry.at(key, server);
		if(model.isNil or: { model.path != file }) {
			isFresh = id.isNil or: { id < 0 };
			model = NNModel.prNew(file, registry.indexFor(key, file, id, server), server)
		};
		model.prDescribe(info);
		registry.put(key, model);
		if(server.serverRunning) { { NNLoading.again(model, isFresh).start }.fork(AppClock) };
		^model
	}

	*unload { |key, server|
		var model = if(key.isKindOf(NNModel)) { key } { this.new(key, nil, server) };
		registry.remove(model);
		NNServer.links[model.server] !? { |link| link.forget(model) };
		if(model.server.serverRunning) { model.server.sendMsg("/cmd", "/nn_unload", model.idx) }
	}

	*reload { |key, action, server|
		^this.new(key, nil, server).reload(action)
	}

	*describeAll {
		if(registry.keys.isEmpty) { "NN has no models: use NN.load or NN.read".postln };
		registry.all.do(_.describe)
	}

	*dumpInfo { |outFile, server|
		(server ? Server.default).sendMsg(*this.dumpInfoMsg(-1, outFile))
	}

	*pluginVersion { |server|
		(server ? Server.default).sendMsg("/cmd", "/nn_version")
	}

	*loadMsg { |id, path, infoFile|
		^["/cmd", "/nn_load", id, path.standardizePath, (infoFile ? "").standardizePath]
	}

	*dumpInfoMsg { |modelIdx, outFile|
		^["/cmd", "/nn_query", modelIdx ? -1, outFile ? ""]
	}

	// the folder for files that are soon gone
	*tmpPath { ^tmpPath ?? { PathName.tmp } }
	*tmpPath_ { |folder| tmpPath = folder }

	// a new name in it
	*prTmpFile { |ending = "yaml"|
		^this.tmpPath.standardizePath +/+ "nn-%-%.%".format(Date.getDate.stamp, UniqueID.next, ending)
	}

	*modelsPath { ^NNTool.modelsPath }

	// messages for a Score: what NN.load and others send in the function
	*nrt { |infoFile, function, server|
		if(infoFile.isKindOf(Function)) { ^NNOffline(nil, server).messages(infoFile) };
		^NNOffline(infoFile, server).messages(function)
	}

	*test { |server, action|
		^NNTrial(server ? Server.default).start(action)
	}
}
