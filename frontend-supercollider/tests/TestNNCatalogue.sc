// The catalogue of a server that has sources and a models folder of its own.
TestNNCatalogue : NNServerTest {
	var folder;

	// a server with these settings, ended afterwards
	withServer { |function|
		var saved = ["NN_SOURCES", "NN_MODELS"].collect { |name| [name, name.getenv] }, shop, other;
		shop = this.path("gain").dirname;
		folder = Platform.defaultTempDir +/+ "nn-catalogue-%".format(thisProcess.pid);
		File.mkdir(folder +/+ "shop");
		File.mkdir(folder +/+ "models");
		#["gain", "delay"].do { |name| File.copy(shop +/+ name ++ ".ts", folder +/+ "shop" +/+ name ++ ".ts") };
		File.use(folder +/+ "sources.yaml", "w") { |file|
			file.write("built_in: false\nsources:\n  - name: shop\n    kind: folder\n    path: %\n".format(folder +/+ "shop")) };
		"NN_SOURCES".setenv(folder +/+ "sources.yaml");
		"NN_MODELS".setenv(folder +/+ "models");
		other = Server(\nnCatalogue, NetAddr("127.0.0.1", 57347));
		other.bootSync;
		saved.do { |pair| if(pair[1].isNil) { pair[0].unsetenv } { pair[0].setenv(pair[1]) } };
		function.value(other);
		other.quit;
		this.until(5) { other.serverRunning.not };
		other.remove;
		File.deleteAll(folder)
	}

	test_modelsAreListedDownloadedAndCancelled {
		this.withServer { |other|
			var list, path, steps = List.new, nothing = \none;
			NN.available({ |found| list = found }, other);
			this.until(10) { list.notNil };
			this.assertEquals(list.asArray.collect(_.first).sort, ["shop/delay", "shop/gain"], "available");
			this.assert(list.asArray.every { |pair| pair[1] > 1000 }, "with their sizes");
			NN.download("gain", { |file| path = file }, { |percent, bytes| steps.add(percent) }, other);
			this.until(10) { path.notNil };
			this.assert(path.notNil and: { File.exists(path) }, "downloaded: %".format(path));
			NN.download("nowhere", { |file| nothing = file }, server: other);
			this.until(10) { nothing != \none };
			this.assertEquals(nothing, nil, "nil for what is not there");
			NN.cancel(server: other);
			this.assertEquals(NN.load(\other, path, server: other).methods.collect(_.name), [\forward, \inverse], "it can be loaded")
		}
	}
}
