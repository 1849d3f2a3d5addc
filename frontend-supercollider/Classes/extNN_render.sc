// Whole sounds: models that make them from words, numbers and Buffers, and play no signals.
+ NN {
	// from Buffers into Buffers, as many as the model takes and makes, or for so many seconds; settings are pairs.
	// action.(outputs) when they are filled, action.(nil) where nothing came; progress.(per cent)
	*render { |key, outputs, inputs, seconds, settings(#[]), action, progress, server|
		var model = this.new(key, nil, server), outs = outputs.asArray, names, words;
		server = server ? model.server;
		NNServer.checkRunning(server, "render");
		if(outs.isEmpty) { NNError("render: name the Buffers that the sound goes into").throw };
		names = outs.collect { |buffer| NNAttributes.bufferWord(buffer, server) };
		names.do { |name, place|
			if(names.keep(place).includesEqual(name)) {
				NNError("render: Buffer % is named twice: give each sound a Buffer of its own".format(outs[place].bufnum)).throw
			}
		};
		words = NNAttributes.words(inputs.asArray, server) ++ names;
		words = ["render"] ++ words ++ (seconds !? { [seconds.asFloat] } ? []);
		settings = NNAttributes.prList(settings).clump(2).collect { |pair| ["set"] ++ NNAttributes.words(pair, server) };
		{
			NNServer.of(server).ensure;
			action.value(if(this.prRender(model, server, settings ++ [words], outs, names, progress)) { outs } { nil })
		}.fork(AppClock)
	}

	// in a Routine: whether all came
	*prRender { |model, server, messages, outs, names, progress|
		var link = NNServer.of(server), read = 0, told = 0, failed = false, finish, waiter, end;
		var isMine = { |event| event.scope == \model and: { event.model == model.idx } };
		waiter = link.listen(isMine, { |event|
			switch(event.text,
				"render_progress", { progress.value(event.values[0]) },
				"rendered_file", {
					var place = names.indexOfEqual(event.values[0].asString);
					place !? {
						this.prRead(outs[place], server, event.values[1].asString) { |isWhole|
							read = read + 1;
							failed = failed or: { isWhole.not };
							if(read == outs.size) { finish.value(true) }
						}
					}
				}
			)
		});
		end = link.await({ |event|
			isMine.value(event) and: {
				if(event.text == "rendered") { told = told + 1; told == outs.size } { event.isError or: { event.text == "cancelled" } }
			}
		}, nil, { messages.do { |message| link.send("/nn_model", model.idx, *message) } });
		if(end.notNil and: { end.text == "rendered" } and: { read < outs.size }) {
			// one that is freed meanwhile is never read
			end = link.await({ false }, 30, { |function| finish = function });
			failed = failed or: { end != true };
			if(end.isNil) { "NN: the Buffers of % were not filled after % s: were they freed?".format(model.shortName, 30).postln }
		} {
			failed = failed or: { end.isNil or: { end.text != "rendered" } }
		};
		link.remove(waiter);
		^failed.not
	}

	*cancelRender { |key, server|
		var model = this.new(key, nil, server);
		NNServer.of(server ? model.server).send("/nn_model", model.idx, "cancel", "render")
	}

	// the plug-in leaves a file for each Buffer; done.(whether it was read)
	*prRead { |buffer, server, path, done|
		{
			var isThere = buffer.bufnum.notNil;
			if(isThere) {
				buffer.allocRead(path);
				server.sync;
				buffer.updateInfo { this.prDelete(path, server); done.value(true) }
			} {
				"NN: a Buffer was freed before its sound was rendered".postln;
				this.prDelete(path, server);
				done.value(false)
			}
		}.fork(AppClock)
	}

	// a path of another machine can be that of a file here
	*prDelete { |path, server|
		if(server.isLocal and: { File.exists(path) }) { File.delete(path) }
	}
}
