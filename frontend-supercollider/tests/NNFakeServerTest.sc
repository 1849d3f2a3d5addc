// Tests with a server, a plug-in and a tool that are not there.
NNFakeServerTest : UnitTest {
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
}
