// Messages to many UGens, and questions to models and UGens.
+ NN {
	// any message of the table of messages, to all UGens that fit: of a node, with an id, with a model
	*send { |selector, args, node, id, key, server|
		var list = if(args.isNil) { [] } { if(args.isArray and: { args.isString.not }) { args } { [args] } };
		NNSynth.prNew(node, id, key, server).msg(selector, *list)
	}

	// in samples at the server's rate and block, before anything plays; action.(samples, milliseconds)
	*latency { |key, method = \forward, bufferSize = -1, server, action|
		var model = this.new(key, nil, server);
		^this.prLatency(model, model.prNeed(method).name, bufferSize, server, action)
	}

	*prLatency { |model, method, bufferSize, server, action|
		server = server ? model.server;
		NNServer.checkRunning(server, "latency");
		^NNQuestion(NNServer.of(server), [-1, -1, model.idx], \latency, \model, 30).ask(
			["/cmd", "/nn_model", model.idx, "latency", method.asString, bufferSize ? -1, server.options.blockSize, server.sampleRate],
			{ |values|
				(action ?? {
					{ |samples, milliseconds| if(thisThread.isKindOf(Routine).not) { "%: % samples, % ms".format(method, samples, milliseconds).postln } }
				}).value(*values)
			}
		) !? { |values| if(values.isArray) { values.first } { values } }
	}

	// action.(array of events), one for each UGen
	*stats { |action, server, seconds = 0.5|
		var link = NNServer.of(server ? Server.default), found = List.new, waiter;
		NNServer.checkRunning(link.server, "stats");
		{
			link.ensure;
			waiter = link.listen({ |event| event.kind == \info and: { event.text == "stats" } }, { |event|
				found.add(event.asEvent.putAll((node: event.node, id: NNIds.nameOf(event.id), key: event.key)))
			});
			this.send(\stats, server: link.server);
			// unlike .wait it ends with CmdPeriod
			link.await({ false }, seconds);
			link.remove(waiter);
			(action ?? { { |list| if(list.isEmpty) { "NN: nothing plays".postln } { list.do(_.postln) } } }).value(found.asArray)
		}.fork(AppClock)
	}
}
