// Messages to UGens of a synth that plays. Without a node they go to all with that id, without an id to all of the node.
NNSynth {
	var <node, <id, <server, <key;

	*new { |node, id, key, server|
		if(node.isNil and: { id.isNil } and: { key.isNil }) {
			NNError("NNSynth takes a synth, an id or a key; NN.send(selector, args) is for all UGens").throw
		};
		^this.prNew(node, id, key, server)
	}

	*prNew { |node, id, key, server|
		^super.new.prInit(node, id, key, server)
	}

	prInit { |argNode, argId, argKey, argServer|
		node = argNode;
		id = argId;
		server = argServer ?? { if(node.isKindOf(Node)) { node.server } { Server.default } };
		key = argKey !? { NNRegistry.checkKey(argKey) };
		this.prTarget
	}

	// node, id, model; -1 is any
	prTarget {
		var nodeID = case
			{ node.isNil } { -1 }
			{ node.isKindOf(Node) } { node.nodeID }
			{ node.isInteger } { node }
			{ NNError("NNSynth: % is no synth: give it a Synth, a node's number, or nil and an id".format(node)).throw };
		var number = NNIds.at(id) ? -1;
		if(number.isNumber.not) { NNError("NNSynth: id % is an argument of a SynthDef: give the name or number itself".format(id)).throw };
		^[nodeID ? -1, number.asInteger, if(key.isNil) { -1 } { NN(key, nil, server).idx }]
	}

	// any message of the table of messages
	msg { |selector ... args|
		server.sendMsg(*this.msgFor(selector, *args))
	}

	// the same for a bundle or a Score
	msgFor { |selector ... args|
		^["/cmd", "/nn_send"] ++ this.prTarget ++ [selector.asString] ++ NNAttributes.words(args, server)
	}

	set { |...pairs|
		if(pairs.size < 2) { NNError("set takes a name and a value: set(\\gain, 0.5)").throw };
		if(pairs.size.odd) { NNError("set has a name without a value: set(\\gain, 0.5, \\mode, \"half\"); put several values of one attribute into an array").throw };
		pairs.pairsDo { |name, value| this.msg(\set, name, value) }
	}

	load { |model, method|
		var path = if(model.isKindOf(Symbol) and: { NN.model(model, server).notNil }) { NN.model(model, server).path } { model };
		if(path.isString) { path = if(server.isLocal) { NNTool.find(path) ? path.standardizePath } { path } };
		if(method.isNil) { this.msg(\load, path) } { this.msg(\load, path, method) }
	}

	reload { this.msg(\reload) }
	reset { this.msg(\reset) }
	method_ { |name| this.msg(\method, name) }
	bufferSize_ { |samples| this.msg(\bufsize, samples) }
	// samples, \auto or \buffer
	deadline_ { |samples| this.msg(\deadline, samples) }
	enable_ { |flag = true| this.msg(\enable, flag) }
	// Buffers cannot be followed: the server says so of true, and what to do
	track_ { |flag = true| this.msg(\track, flag) }
	wet_ { |part| this.msg(\wet, part) }
	dry_ { |part| this.msg(\dry, part) }
	inputGain_ { |decibels| this.msg(\input_gain, decibels) }
	outputGain_ { |decibels| this.msg(\output_gain, decibels) }
	resample_ { |flag = true| this.msg(\resample, flag) }
	gpu_ { |flag = true| this.msg(\gpu, flag) }
	seed_ { |number| this.msg(\seed, number) }
	// false: in the audio thread
	worker_ { |flag = true| this.msg(\worker, flag) }
	threads_ { |number| this.msg(\threads, number) }
	optimise_ { |flag = true| this.msg(\optimise, flag) }
	// seconds of silence, \auto or 0
	idle_ { |seconds = \auto| this.msg(\idle, seconds) }
	// bytes of MIDI, for scripts and models that play it: midi(0x90, 60, 100)
	midi { |... bytes| this.msg(\midi, *bytes) }
	// beats in a minute, for scripts that ask for them
	bpm_ { |beats = 120| this.msg(\bpm, beats) }
	// whether the song plays, for scripts, perhaps from a beat on
	transport { |flag = true, beats| if(beats.isNil) { this.msg(\transport, flag) } { this.msg(\transport, flag, beats) } }
	// the Python of scripts: a path, or \auto
	python_ { |path = \auto| this.msg(\python, path) }
	// true: a process for this UGen's script alone
	own_ { |flag = true| this.msg(\own, flag) }
	// true: loads the model again when its file is saved
	watch_ { |flag = true| this.msg(\watch, flag) }
	// true, false or \auto
	wait_ { |flag = true| this.msg(\wait, flag) }

	// action.(value, node)
	get { |name, action| ^this.ask(name, action, \get, name) }

	// action.(names)
	attributes { |action| ^this.prNames(\attributes, action, \get_attributes) }
	methods { |action| ^this.prNames(\methods, action, \get_methods) }

	// action.(samples, milliseconds)
	latency { |action| ^this.ask(\latency, { |values| (action ? { |...all| all.postln }).value(*values) }, \latency) }

	// with the model's own delay; action.(samples in all, of which the model's)
	measureLatency { |action|
		// not what the UGen tells by itself when its latency changes
		^this.prQuestion(\latency).accepts_({ |event| event.values.includes(\total) }).ask(
			this.msgFor(\latency, "measure"), { |values|
				var samples = values[values.indexOf(\total) + 1], own = values[values.indexOf(\model) + 1];
				(action ? { |...all| all.postln }).value(samples, own)
			})
	}

	// action.(event) with blocks, late, dropped ...
	stats { |action|
		^this.ask(\stats, { |values, node, event| (action ? { |stats| stats.postln }).value(event.asEvent, node) }, \stats)
	}

	// all that the UGen is: printed in the server's post window
	describe { this.msg(\dump) }

	// a message whose answer begins with a selector; action.(value, node, event). In a Routine it waits and returns the value
	ask { |answer, action, selector ... args|
		^this.prQuestion(answer).ask(
			this.msgFor(selector, *args), action ?? { { |value| "%: %".format(answer, value).postln } })
	}

	prNames { |answer, action, selector|
		var names = this.ask(answer, action !? { { |names| action.value(names.asArray) } }, selector);
		^if(thisThread.isKindOf(Routine)) { names.asArray } { names }
	}

	prQuestion { |answer|
		^NNQuestion(NNServer.of(server), this.prTarget, answer)
	}

	printOn { |stream|
		stream << "NNSynth(" << (node !? { node.tryPerform(\nodeID) ? node }) << ", " << id << ")"
	}
}
