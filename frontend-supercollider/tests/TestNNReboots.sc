// Servers that go and come back.
TestNNReboots : NNServerTest {
	test_keysSurviveAReboot {
		var idx, channels;
		this.load(\identity);
		idx = NN(\identity).idx;
		server.quit;
		this.until(5) { server.serverRunning.not };
		1.wait;
		server.bootSync;
		this.assertEquals(NN(\identity).idx, idx, "the same number");
		channels = this.record(3) { NN(\identity, \forward).ar(DC.ar(0.5), 256) };
		this.assertEquals(this.levels(channels)[0], 0.5, "and it plays")
	}

	// until the server has gone and come back
	reboot {
		var again = false, boot = { again = true };
		ServerBoot.add(boot, server);
		server.reboot;
		this.assert(this.until(20) { again and: { server.serverRunning } }, "the server boots again");
		ServerBoot.remove(boot, server);
		server.sync
	}

	assertItPlays { |key|
		var channels = this.record(3) { NN(key, \forward).ar(LFSaw.ar(220) * 0.3, 2048) };
		this.assert(channels[0].keep(-8000).collect(_.abs).maxItem > 0.01, "% is heard".format(key))
	}

	test_rebootWhileAModelLoads {
		var done = false;
		{ try { this.load(\codec) }; done = true }.fork(AppClock);
		0.05.wait;
		this.reboot;
		this.assert(this.until(10) { done }, "the load ends");
		this.load(\codec);
		this.assertItPlays(\codec)
	}

	test_rebootWhileAModelPlays {
		var idx;
		this.load(\codec);
		idx = NN(\codec).idx;
		{ NN(\codec, \forward).ar(LFSaw.ar(110) * 0.1) }.play(server);
		0.5.wait;
		this.reboot;
		this.assertEquals(NN(\codec).idx, idx, "the same number");
		this.assertItPlays(\codec)
	}
}
