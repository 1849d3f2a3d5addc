// The connection to a server: is the plug-in there, what if nothing comes, and what if nonsense comes.
TestNNConnection : UnitTest {
	var tool, server, text;

	setUp {
		tool = NNFakeTool.shared;
		NN.prUseForTest;
		server = NNFakeServer.make
	}

	tearDown {
		NN.onEvent = nil;
		server.stop;
		NN.prEndTest;
		tool.restore
	}

	prThrown { |function|
		var text;
		try { function.value } { |error| text = error.errorString };
		^text
	}

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

	test_aServerThatIsDeadIsSaid {
		server.busy = 5;
		text = this.prThrown { NNServer.of(server).ensure(0.5) };
		this.assert(text.asString.contains("does not answer"), text)
	}
}
