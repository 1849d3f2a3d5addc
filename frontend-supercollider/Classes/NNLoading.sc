// One model on its way to a server.
NNLoading {
	// how long nothing may come before the plug-in is asked, and how long it may take to answer
	classvar patience = 10, answerTime = 5;
	var model, key, link, isAgain = false, isFresh = false, isForked = false;

	*new { |path, id = -1, server, key|
		^super.new.prFind(path, id, server ? Server.default, key)
	}

	// the same file under the same number
	*again { |model, isFresh = false|
		NNServer.checkRunning(model.server, "reload");
		^super.new.prAgain(model, isFresh)
	}

	prFind { |path, id, server, argKey|
		var file, info;
		key = argKey;
		NNServer.checkRunning(server, "NN.load");
		link = NNServer.of(server);
		file = this.prResolve(path.asString, server);
		if(server.isLocal and: { NNTool.path.notNil }) { info = NNLoading.info(file) };
		model = this.prModel(file, id, server);
		link.know(model);
		info !? {
			model.prDescribe(info);
			this.prRegister
		}
	}

	prAgain { |argModel, argFresh|
		isAgain = true;
		isFresh = argFresh;
		isForked = argFresh;
		model = argModel;
		key = model.key;
		link = NNServer.of(model.server)
	}

	// a file as the tool describes it; throws what keeps it from running
	*info { |file|
		var info = NNModelInfo.fromDict(NNTool.describe(file));
		if(info.problem.notEmpty) { NNError("% does not run here: %".format(file.basename, info.problem)).throw };
		^info
	}

	*checkFile { |path|
		^NNTool.find(path) ?? {
			NNError("there is no model file %, nor in %: check the path".format(
				path.asString.standardizePath, NNTool.modelsFolders.join(", "))).throw
		}
	}

	prResolve { |path, server|
		^if(server.isLocal) { NNLoading.checkFile(path) } { path }
	}

	// a model that is here already keeps its number and its object
	prModel { |file, id, server|
		var old = key !? { NN.prRegistry.at(key, server) };
		if(old.notNil and: { old.path == file } and: { id < 0 or: { id == old.idx } }) { ^old };
		isFresh = id.isNil or: { id < 0 };
		^NNModel.prNew(file, NN.prRegistry.indexFor(key, file, id, server), server)
	}

	prRegister {
		link.know(model);
		key !? {
			var old = NN.prRegistry.at(key, model.server);
			if(old.notNil and: { old !== model }) { link.forget(old) };
			NN.prRegistry.put(key, model)
		}
	}

	start { |action|
		if(thisThread.isKindOf(Routine)) {
			this.prRun;
			action.value(model)
		} {
			isForked = true;
			{ this.prRun; action.value(model) }.fork(AppClock)
		};
		^model
	}

	prRun {
		var end;
		link.know(model);
		try { link.ensure } { |error| this.prForget; error.throw };
		this.prRenumber;
		end = this.prAwait;
		if(end.isNil or: { end.isError }) {
			// one that a boot or another try can load stays
			if(end.isNil or: { end.isLocal.not } or: { model.info.isNil }) { this.prForget };
			NNError("% cannot be loaded: %".format(model.path.basename,
				if(end.isNil) { "the plug-in has nothing to say of it: reboot the server" } { end.text })).throw
		};
		if(model.info.isNil) { NNError("% is loaded, but was not described: copy the whole package again".format(model.path.basename)).throw };
		this.prRegister;
		if(isAgain and: { link.numPlaying(model) > 0 }) {
			model.server.sendMsg("/cmd", "/nn_send", -1, -1, model.idx, "reload")
		}
	}

	// the server has told which numbers others have there
	prRenumber {
		var old = model.idx;
		if(isFresh.not or: { link.isTaken(old).not }) { ^this };
		link.forget(model);
		model.prIdx(NN.prRegistry.indexFor(nil, model.path, -1, model.server));
		link.know(model);
		if(isForked) {
			"NN: the server % has another model under number %, so % is number %: build SynthDefs again that you built of it".format(
				model.server.name, old, model.shortName, model.idx).postln
		}
	}

	prAwait {
		var heard = Main.elapsedTime, asked, watch, end;
		end = link.await({ |event|
			if(event.scope == \model and: { event.model == model.idx }) {
				heard = Main.elapsedTime;
				#[\loaded, \failed].includes(event.kind) or: { event.kind == \error and: { asked.notNil } }
			} {
				event.scope == \server and: { event.kind == \error }
			}
		}, nil, { |finish|
			model.server.sendMsg(*model.loadMsg);
			watch = {
				loop {
					patience.wait;
					if(Main.elapsedTime - heard >= patience) {
						// a server that is busy has perhaps not begun
						if(link.sync(60)) {
							asked = Main.elapsedTime;
							link.send("/nn_model", model.idx, "get_methods");
							answerTime.wait
						};
						if(asked.isNil or: { heard < asked }) { finish.value(nil) };
						asked = nil
					}
				}
			}.fork(SystemClock)
		});
		watch.stop;
		^end
	}

	*prPatience { |seconds = 10, answer = 5|
		patience = seconds;
		answerTime = answer
	}

	prForget {
		link.forget(model);
		NN.prRegistry.remove(model)
	}
}
