// The connection to a server: is the plug-in there, what if nothing comes, and what if nonsense comes.
TestNNConnection : NNFakeServerTest {
	test_aBusyServerHasThePlugIn {
		server.busy = 3;
		text = this.prThrown { NNServer.of(server).ensure };
		this.assertEquals(text, nil, "no error")
	}

	test_failuresOfOtherExtensionsEndNothing {
		server.busy = 1;
		{ 0.3.wait; server.addr.sendMsg('/fail', '/cmd', "failed") }.fork(AppClock);
		text = this.prThrown { NNServer.of(server).ensure };
		this.assertEquals(text, nil, "no error")
	}

	test_aFailureOfOursIsSaid {
		server.mute = true;
		server.busy = 5;
		{ 0.2.wait; server.addr.sendMsg('/fail', '/cmd', "nn_listen: Command not found") }.fork(AppClock);
		text = this.prThrown { NNServer.of(server).ensure };
		this.assert(text.asString.contains("nn_listen: Command not found"), text)
	}

	test_aPlugInThatIsNotOpenedMayBeForOtherVersions {
		server.mute = true;
		text = this.prThrown { NNServer.of(server).ensure };
		[
			"put the folder nn into %".format(Platform.userExtensionDir),
			"if it lies there, see whether the server has posted `API version mismatch`",
			"for SuperCollider 3.9 to 3.14, and this is %".format(Main.version)
		].do { |part| this.assert(text.asString.contains(part), "% says %".format(text, part)) }
	}

	test_aLoadOfWhichNothingIsHeardEnds {
		server.silent = true;
		NNLoading.prPatience(0.3, 0.3);
		text = this.prThrown { NN.load(\a, tool.path("gain"), server: server) };
		NNLoading.prPatience;
		this.assert(text.asString.contains("gain.ts cannot be loaded: the plug-in has nothing to say of it"), text);
		this.assertEquals(server.received("/nn_model").asArray, [['/nn_model', 0, \get_methods]], "it was asked");
		this.assertEquals(NN.model(\a), nil, "no key")
	}

	test_aLoadThatTakesLongGoesOn {
		var idx = 0;
		server.silent = true;
		server.answers[\get_methods] = { [\methods, \forward] };
		NNLoading.prPatience(0.3, 0.3);
		{ 2.wait; server.event(\loaded, \model, -1, -1, idx, "") }.fork(AppClock);
		text = this.prThrown { NN.load(\a, tool.path("gain"), server: server) };
		NNLoading.prPatience;
		this.assertEquals(text, nil, "while the plug-in answers");
		this.assert(server.received("/nn_model").size > 1, "it was asked")
	}

	test_anErrorOfTheServerEndsALoad {
		server.silent = true;
		{ 0.2.wait; server.event(\error, \server, -1, -1, -1, "/nn_load: a number is missing") }.fork(AppClock);
		text = this.prThrown { NN.load(\a, tool.path("gain"), server: server) };
		this.assert(text.asString.contains("a number is missing"), text)
	}

	test_nonsenseIsNoEvent {
		var heard = List.new, address = NetAddr("127.0.0.1", server.port);
		NN.load(\a, tool.path("gain"), server: server);
		NN.onEvent = { |what| heard.add(what) };
		[
			[], [\error], [\error, \ugen, 1, 2, 3], [\error, \ugen, "one", 2, 3, "text"], [1, 2, 3, 4, 5, 6],
			[\error, \ugen, 1, 2, 3, 4.5], [\nothing, \ugen, 1, 2, 3, "text"]
		].do { |arguments| address.sendMsg('/nn.event', *arguments) };
		server.event(\described, \model, -1, -1, NN(\a).idx, "");
		server.event(\described, \model, -1, -1, NN(\a).idx, "nothing: [at all");
		server.prSync;
		this.assertEquals(heard.asArray, [\described, \described], "one without a description is one");
		this.assertEquals(NN(\a).methods.size, 2, "and changes nothing")
	}

	test_oneWhoFailsDoesNotDisturbOthers {
		var link = NNServer.of(server), heard = 0, waiters;
		link.ensure;
		waiters = [link.listen({ |event| NNError("a filter").throw }, {}), link.listen({ true }, { heard = heard + 1 })];
		NN.onEvent = { heard = heard + 1; NNError("an onEvent").throw };
		2.do { server.event(\note, \server, -1, -1, -1, "hello") };
		server.prSync;
		this.assertEquals(heard, 4, "both hear twice");
		waiters.do { |waiter| link.remove(waiter) }
	}

	test_aServerThatIsDeadIsSaid {
		server.busy = 5;
		text = this.prThrown { NNServer.of(server).ensure(0.5) };
		this.assert(text.asString.contains("does not answer"), text)
	}
}
