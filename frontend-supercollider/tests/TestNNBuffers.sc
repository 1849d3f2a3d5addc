// Buffers that are named in messages, with a server that is not there.
TestNNBuffers : NNFakeServerTest {
	test_buffersMustBeThere {
		var freed = Buffer.new(server, 8, 1, 12), elsewhere = Buffer.new(Server.local, 8, 1, 12), x = NNSynth(1001, server: server), text;
		freed.free;
		text = this.prThrown { x.set(\table, freed) };
		this.assert(text.asString.contains("is freed: allocate"), text);
		text = this.prThrown { x.set(\table, [1, elsewhere]) };
		this.assert(text.asString.contains("Buffer 12 is on the server localhost, and is sent to nnFake: allocate one there"), text);
		server.prSync;
		this.assertEquals(server.received("/nn_send").size, 0, "nothing is sent")
	}

	test_settingsAreSentBeforeTheRendering {
		var buffer = Buffer.new(server, 8, 1, 12), ended = \not;
		NN.load(\a, tool.path("gain"), server: server);
		server.answers[\render] = { server.event(\error, \model, -1, -1, NN(\a).idx, "no"); [\nothing] };
		NN.render(\a, buffer, buffer, 2, [words: "a song", range: [1, 2]], { |outputs| ended = outputs });
		server.prSync;
		this.assertEquals(server.received("/nn_model").collect { |message| message.drop(2) }.asArray,
			[[\set, \words, 'a song'], [\set, \range, 1, 2], [\render, 'buffer:12', 'buffer:12', 2.0]], "what was sent");
		this.assertEquals(ended, nil, "nothing came")
	}

	// what becomes of the file of a Buffer that is freed while the model renders
	prFileOfAFreedBuffer {
		var buffer = Buffer.new(server, 8, 1, 12), ended = \not, file = NN.prTmpFile("wav"), isThere;
		File.use(file, "w") { |f| f.write("sound") };
		NN.load(\a, tool.path("gain"), server: server);
		server.answers[\render] = {
			buffer.free;
			server.event(\info, \model, -1, -1, NN(\a).idx, "rendered_file", "buffer:12", file);
			["rendered", "buffer:12"]
		};
		NN.render(\a, buffer, seconds: 1, action: { |outputs| ended = outputs });
		0.5.wait;
		this.assertEquals(ended, nil, "it ends without a Buffer");
		this.assertEquals(NNServer.of(server).numWaiting, 0, "nothing stays behind");
		isThere = File.exists(file);
		File.delete(file);
		^isThere
	}

	test_aBufferThatIsFreedWhileTheModelRenders {
		this.assertEquals(this.prFileOfAFreedBuffer, false, "its file is deleted")
	}

	test_filesOfOtherMachinesAreLeftAlone {
		NN.load(\a, tool.path("gain"), server: server);
		server.remote = true;
		this.assertEquals(this.prFileOfAFreedBuffer, true, "a file of that name here is another")
	}
}
