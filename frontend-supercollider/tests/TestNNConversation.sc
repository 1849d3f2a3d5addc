// What is sent to a server, and what its answers do, with a server and a plug-in that are not there.
TestNNConversation : NNFakeServerTest {
	test_loadInARoutineWaits {
		var done, model = NN.load(\a, tool.path("gain"), -1, server, { |loaded| done = loaded });
		this.assertEquals(done, model, "action has been called with the model");
		this.assertEquals(NN(\a), model, "registered");
		this.assertEquals(server.received("/nn_load").asArray, [['/nn_load', model.idx, tool.path("gain").asSymbol, '']], "what was sent");
		this.assertEquals(server.received("/nn_listen").size, 1, "events are asked for once")
	}

	test_loadElsewhereForks {
		var model, done, condition = Condition.new;
		AppClock.sched(0, {
			model = NN.load(\a, tool.path("gain"), server: server, action: { |loaded| done = loaded; condition.test = true; condition.signal });
			nil
		});
		condition.wait;
		this.assertEquals(done, model, "action has the model that came back at once")
	}

	test_loadWithoutToolIsDescribedByTheServer {
		"NN_TOOL".setenv("none");
		this.assertEquals(NN.load(\a, tool.path("codec"), server: server).methods.collect(_.name), [\forward, \encode, \decode], "methods")
	}

	test_failedLoadThrowsAndForgets {
		server.failing = true;
		text = this.prThrown { NN.load(\a, tool.path("gain"), server: server) };
		this.assertEquals(text, "ERROR: NN: gain.ts cannot be loaded: it is no model: export it again", "the plug-in's words");
		this.assertEquals(NN.model(\a), nil, "no key")
	}

	test_missingFileThrowsBeforeAnythingIsSent {
		text = this.prThrown { NN.load(\a, "/nowhere/a.ts", server: server) };
		this.assert(text.asString.contains("/nowhere/a.ts"), "names the file");
		this.assert(server.messages.isEmpty, "nothing is sent")
	}

	test_missingPluginThrowsWhenTheServerHasDoneItsWork {
		var begin = Main.elapsedTime, text;
		server.mute = true;
		text = this.prThrown { NN.load(\a, tool.path("gain"), server: server) };
		this.assert(text.contains("has no plug-in nn: put the folder nn into %".format(Platform.userExtensionDir)), text);
		this.assert(text.contains("recompile") and: { text.contains("reboot") }, text);
		this.assert((Main.elapsedTime - begin).inclusivelyBetween(0.4, 2), "soon after");
		this.assertEquals(NN.model(\a), nil, "no key")
	}

	test_onEventHearsEverything {
		var heard = List.new;
		NN.load(\a, tool.path("gain"), server: server);
		NN.onEvent = { |what, key, text, event| heard.add([what, key, text, event.values]) };
		server.event(\error, \ugen, 1001, -1, NN(\a).idx, "gain: value 1 must be a number", 3);
		server.event(\made, \ugen, 1001, -1, NN(\a).idx, "");
		server.prSync;
		this.assertEquals(heard.asArray, [[\error, \a, "gain: value 1 must be a number", [3]], [\made, \a, "", []]], "events")
	}

	test_unloadAndReload {
		var model = NN.load(\a, tool.path("gain"), server: server);
		NN.reload(\a);
		this.assertEquals(server.received("/nn_load").size, 2, "loaded again");
		NN.unload(\a, server);
		server.prSync;
		this.assertEquals(server.received("/nn_unload").asArray, [['/nn_unload', model.idx]], "unloaded");
		this.assertEquals(NN.model(\a), nil, "no key")
	}

	test_keysSurviveAReboot {
		NN.load(\a, tool.path("gain"), server: server);
		NN.load(\b, tool.path("codec"), server: server);
		server.messages.clear;
		NNServer.doOnServerQuit(server);
		NNServer.doOnServerBoot(server);
		server.prSync;
		this.assertEquals(server.received("/nn_load").collect { |message| message[1] }.asArray, [NN(\a).idx, NN(\b).idx], "loaded again");
		this.assertEquals(server.messages.first[0], '/nn_listen', "listened to first")
	}

	test_readIsLoadedAtTheNextBoot {
		server.mute = \off;
		NN.read(\a, tool.path("gain"), server: server);
		server.mute = false;
		this.assert(server.messages.isEmpty, "nothing yet");
		NNServer.doOnServerBoot(server);
		server.prSync;
		this.assertEquals(server.received("/nn_load").size, 1, "then")
	}

	test_severalServersShareANumber {
		// both hear what is sent to one, so the other comes later
		var one = NN.load(\a, tool.path("gain"), server: server);
		var other = NNFakeServer.make(\nnOther), two = NN.load(\a, tool.path("gain"), server: other);
		this.assertEquals(one.idx, two.idx, "one SynthDef suits both");
		this.assert(one !== two, "two models");
		this.assertEquals([NN(\a, nil, server), NN(\a, nil, other)], [one, two], "by server");
		this.assert(NNServer.of(server).port != NNServer.of(other).port, "events are told apart by port");
		other.stop
	}

	test_addressOfThisMachineIsTheNearest {
		this.assertEquals(NNAddress.nearest(["10.0.0.7", "192.168.1.4", "192.168.2.9"], "192.168.2.1"), "192.168.2.9", "same network");
		this.assertEquals(NNAddress.nearest([], "192.168.2.1"), nil, "none");
		NN.listenHost = "192.168.1.77";
		this.assertEquals(NNAddress.seenFrom("10.0.0.1"), "192.168.1.77", "what was set");
		NN.listenHost = nil;
		this.assert(NNAddress.all.every { |address| "^[0-9.]+$".matchRegexp(address) }, NNAddress.all.asString)
	}

	test_catalogue {
		var listed, path = \none, steps = List.new;
		server.catalogue = true;
		NN.available({ |list| listed = list }, server);
		NN.download("codec", { |file| path = file }, { |percent| steps.add(percent) }, server);
		0.5.wait;
		this.assertEquals(listed, [["shop/gain", 11812], ["shop/voices/codec", -1]], "available");
		this.assertEquals(path, "/models/codec.ts", "downloaded");
		this.assertEquals(steps.asArray, [0, 50], "progress");
		NN.cancel("codec", server);
		server.prSync;
		this.assertEquals(server.received("/nn_catalog").last, ['/nn_catalog', \cancel, \codec], "cancel")
	}
}
