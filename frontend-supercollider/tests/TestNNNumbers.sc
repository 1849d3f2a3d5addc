// Numbers of models, on servers that others use too; and what CmdPeriod does to those who wait.
TestNNNumbers : NNFakeServerTest {
	loads { ^server.received("/nn_load").collect { |message| message[1] }.asArray }

	test_numbersOfOthersAreLeftAlone {
		server.numbers = [0, 1, 3];
		NN.load(\a, tool.path("gain"), server: server);
		NN.load(\b, tool.path("codec"), server: server);
		this.assertEquals(this.loads, [2, 4], "what was sent");
		this.assertEquals([NN(\a).idx, NN(\b).idx], [2, 4], "the models' numbers");
		NN.reload(\a);
		this.assertEquals(this.loads, [2, 4, 2], "once found it stays")
	}

	test_numbersThatWereHeardOfAreLeftAlone {
		NNServer.of(server).ensure;
		server.event(\described, \model, -1, -1, 0, "");
		server.event(\loaded, \model, -1, -1, 1, "");
		server.prSync;
		this.assertEquals(NN.load(\a, tool.path("gain"), server: server).idx, 2, "the next")
	}

	test_aNumberThatIsAskedForIsTaken {
		server.numbers = [7];
		this.assertEquals(NN.load(\a, tool.path("gain"), 7, server).idx, 7, "as asked")
	}

	test_numbersBelongToTheClientOfThisServer {
		server.client = 2;
		this.assertEquals(NN.load(\a, tool.path("gain"), server: server).idx, 20000, "its own")
	}

	test_twoLoadsAtOnceHaveTwoNumbers {
		var models;
		"NN_TOOL".setenv("none");
		AppClock.sched(0, { models = #["gain", "codec"].collect { |name| NN.load(name.asSymbol, tool.path(name), server: server) }; nil });
		server.prSync;
		this.assertEquals(models.collect(_.idx), [0, 1], "though nothing is described yet")
	}

	test_readOnAServerThatRuns {
		server.numbers = [0];
		NN.read(\a, tool.path("gain"), server: server);
		server.prSync;
		this.assertEquals([NN(\a).idx, this.loads], [1, [1]], "leaves others alone")
	}

	test_modelsFromInformationFilesAreKnown {
		var info = NN.read(\a, tool.path("gain"), server: Server.local).info, model = NNModel.fromInfo(info, 5, server);
		this.assert(NNServer.of(server).modelAt(5) === model, "to the connection");
		this.assert(NN.load(\b, tool.path("codec"), server: server).idx != 5, "and not used again");
		server.messages.clear;
		NNServer.doOnServerBoot(server);
		server.prSync;
		this.assert(this.loads.includes(5), "loaded again after a reboot")
	}

	test_cmdPeriodEndsWhatWaits {
		var link = NNServer.of(server), free = CmdPeriod.freeServers, text, end = \none, all, condition = Condition.new;
		link.ensure;
		server.silent = true;
		// the test itself must outlive it
		CmdPeriod.freeServers = false;
		{ try { NN.load(\a, tool.path("gain"), server: server) } { |error| text = error.errorString } }.fork(AppClock);
		{ end = link.await({ false }, 100) }.fork(AppClock);
		NN.stats({ |list| all = list }, server, 100);
		0.2.wait;
		{ CmdPeriod.clearClocks = false; CmdPeriod.run; CmdPeriod.clearClocks = true }.value;
		CmdPeriod.freeServers = free;
		0.3.wait;
		this.assert(text.asString.contains("stopped"), "a load: %".format(text));
		this.assert(end != \none and: { end.isLocal }, "a question");
		this.assertEquals(all, [], "and all that collect");
		this.assertEquals(link.numWaiting, 0, "nothing stays behind")
	}
}
