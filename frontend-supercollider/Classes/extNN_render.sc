// Whole sounds: models that make them from words, numbers and Buffers, and play no signals.
+ NN {
	// from Buffers into Buffers, as many as the model takes and makes, or for so many seconds; settings are pairs.
	// action.(outputs) when they are filled, action.(nil) where nothing came; progress.(per cent)
	*render { |key, outputs, inputs, seconds, settings(#[]), action, progress, server|
		var model = this.new(key, nil, server), link, outs = outputs.asArray, read = 0, told = 0, waiter, end, words;
		server = server ? model.server;
		NNServer.checkRunning(server, "render");
		if(outs.isEmpty) { NNError("render: name the Buffers that the sound goes into").throw };
		link = NNServer.of(server);
		words = (inputs.asArray ++ outs).collect { |buffer| "buffer:" ++ buffer.bufnum };
		{
			link.ensure;
			settings.pairsDo { |name, value| link.send("/nn_model", model.idx, "set", name, *NNAttributes.words(value.asArray)) };
			waiter = link.listen({ |event| event.scope == \model and: { event.model == model.idx } }, { |event|
				switch(event.text,
					"render_progress", { progress.value(event.values[0]) },
					"rendered_file", { this.prRead(outs, event.values[0].asString, event.values[1].asString) { read = read + 1 } }
				)
			});
			end = link.await({ |event|
				event.scope == \model and: { event.model == model.idx } and: {
					if(event.text == "rendered") { told = told + 1; told == outs.size } { event.isError or: { event.text == "cancelled" } }
				}
			}, nil, { link.send("/nn_model", model.idx, "render", *(words ++ (seconds !? { [seconds.asFloat] } ? []))) });
			if(end.notNil and: { end.text == "rendered" }) {
				while { read < outs.size } { 0.02.wait };
				link.remove(waiter);
				action.value(outs)
			} {
				link.remove(waiter);
				action.value(nil)
			}
		}.fork(AppClock)
	}

	*cancelRender { |key, server|
		var model = this.new(key, nil, server);
		NNServer.of(server ? model.server).send("/nn_model", model.idx, "cancel", "render")
	}

	// the plug-in leaves a file, which goes into the Buffer of that name
	*prRead { |buffers, name, path, done|
		var buffer = buffers.detect { |each| name == ("buffer:" ++ each.bufnum) };
		if(buffer.isNil) { ^nil };
		{
			buffer.allocRead(path);
			buffer.server.sync;
			buffer.updateInfo { File.delete(path); done.value }
		}.fork(AppClock)
	}
}
