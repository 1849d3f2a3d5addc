// Messages to synths and models, and their answers, with a server and a plug-in that are not there.
TestNNMessages : NNFakeServerTest {
	test_messagesToASynth {
		var model = NN.load(\a, tool.path("gain"), server: server), id = NNIds.at(\voice);
		var synth = Synth.basicNew(\x, server, 1001), x = NNSynth(synth, \voice), all = NNSynth(nil, 5, \a, server), buffer = Buffer.new(server, 8, 1, 12);
		x.set(\gain, 0.5);
		x.set(\gain, 0.5, \mode, "half");
		x.set(\curve, [1, 0, 1]);
		x.set(\table, buffer);
		x.set(\muted, true);
		x.method_(\inverse);
		x.load(\a, \inverse);
		x.reload; x.reset;
		x.bufferSize_(2048); x.deadline_(\auto); x.enable_(false); x.gpu_(true); x.wet_(0.5); x.dry_(0.25);
		x.inputGain_(-6); x.outputGain_(3); x.resample_(true); x.seed_(7); x.threads_(2); x.optimise_(false); x.wait_(\auto); x.idle_(\auto); x.track_(true); x.midi(0x90, 60, 100); x.bpm_(90); x.transport(true); x.transport(false, 4); x.python_; x.own_; x.watch_(false); x.worker_; x.worker_(false);
		all.msg(\set, \gain, 1);
		NN.send(\reset, key: \a, server: server);
		NN.send(\set, [\gain, 0.25], node: synth, server: server);
		server.prSync;
		this.assertEquals(server.received("/nn_send").collect { |message| message.drop(1) }.asArray, [
			[1001, id, -1, \set, \gain, 0.5], [1001, id, -1, \set, \gain, 0.5], [1001, id, -1, \set, \mode, \half],
			[1001, id, -1, \set, \curve, 1, 0, 1], [1001, id, -1, \set, \table, 'buffer:12'], [1001, id, -1, \set, \muted, 1],
			[1001, id, -1, \method, \inverse], [1001, id, -1, \load, tool.path("gain").asSymbol, \inverse],
			[1001, id, -1, \reload], [1001, id, -1, \reset], [1001, id, -1, \bufsize, 2048], [1001, id, -1, \deadline, \auto],
			[1001, id, -1, \enable, 0], [1001, id, -1, \gpu, 1], [1001, id, -1, \wet, 0.5], [1001, id, -1, \dry, 0.25],
			[1001, id, -1, \input_gain, -6], [1001, id, -1, \output_gain, 3], [1001, id, -1, \resample, 1], [1001, id, -1, \seed, 7],
			[1001, id, -1, \threads, 2], [1001, id, -1, \optimise, 0], [1001, id, -1, \wait, \auto], [1001, id, -1, \idle, \auto], [1001, id, -1, \track, 1],
			[1001, id, -1, \midi, 144, 60, 100], [1001, id, -1, \bpm, 90], [1001, id, -1, \transport, 1], [1001, id, -1, \transport, 0, 4], [1001, id, -1, \python, \auto], [1001, id, -1, \own, 1], [1001, id, -1, \watch, 0],
			[1001, id, -1, \worker, 1], [1001, id, -1, \worker, 0],
			[-1, 5, model.idx, \set, \gain, 1], [-1, -1, model.idx, \reset], [1001, -1, -1, \set, \gain, 0.25]
		], "what was sent")
	}

	test_messagesGoIntoBundles {
		var bundle = server.makeBundle(false) { NNSynth(1001, server: server).set(\gain, 1) };
		this.assertEquals(bundle, [["/cmd", "/nn_send", 1001, -1, -1, "set", "gain", 1]], "bundle");
		this.assertEquals(NNSynth(1001, server: server).msgFor(\set, \gain, 1), bundle[0], "msgFor")
	}

	test_answersReachTheirAction {
		var got;
		server.answers[\get] = { |name| [name, 0.5] };
		server.answers[\stats] = { [\stats, \blocks, 10, \late, 1] };
		server.answers[\latency] = { [\latency, 960, 20] };
		server.answers[\get_attributes] = { [\attributes, \gain, \mode] };
		NNSynth(1001, server: server).get(\gain, { |value, node| got = [value, node] });
		this.assertEquals(got, [0.5, 1001], "get");
		NNSynth(1001, server: server).stats({ |stats| got = [stats[\blocks], stats[\late]] });
		this.assertEquals(got, [10, 1], "stats");
		NNSynth(1001, server: server).latency({ |...all| got = all });
		this.assertEquals(got, [960, 20], "latency");
		NNSynth(1001, server: server).attributes({ |names| got = names });
		this.assertEquals(got, [\gain, \mode], "attributes")
	}

	test_latencyBeforeAnythingPlays {
		var asked;
		NN.load(\a, tool.path("gain"), server: server);
		server.answers[\latency] = { |...arguments| asked = arguments; [\latency, 4032, 84] };
		this.assertEquals(NN.latency(\a, \forward, 2048, server), 4032, "in a Routine it waits");
		this.assertEquals(asked, [\forward, 2048, 64, 48000], "method, buffer, block, rate");
		this.assertEquals(NN(\a, \inverse).latency(-1), 4032, "of a method");
		this.assertEquals(asked, [\inverse, -1, 64, 48000], "method, buffer, block, rate")
	}

	test_errorInsteadOfAnAnswerThrows {
		server.answers[\get] = { server.event(\error, \ugen, 1001, -1, 0, "no attribute x"); ["nothing"] };
		text = this.prThrown { NNSynth(1001, server: server).get(\x) };
		this.assertEquals(text, "ERROR: NN: no attribute x", "thrown")
	}
}
