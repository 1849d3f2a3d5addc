// Under which address a server on another machine sees this one.
NNAddress {
	// throws where none is found
	*seenFrom { |ip|
		^NN.listenHost ?? { this.nearest(this.all, ip) } ?? {
			NNError("this machine's address in the network of % is not known: set NN.listenHost = \"192.168.1.2\", as that machine sees it".format(ip)).throw
		}
	}

	*all {
		if(thisProcess.platform.name == \windows) { ^[] };
		^"hostname -I 2>/dev/null; ifconfig 2>/dev/null | grep inet".unixCmdGetStdOut
			.findRegexp("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+").collect(_.last)
			.reject { |address| "^(127\\.|255\\.|0\\.)|\\.255$".matchRegexp(address) }
			.asSet.asArray.sort
	}

	// the one that has most parts in common with another; nil of none
	*nearest { |addresses, ip|
		^addresses.maxItem { |address| this.prShared(address.split($.), ip.split($.)) }
	}

	*prShared { |one, other|
		^one.size.collect { |size| one.keep(size) == other.keep(size) }.count { |same| same }
	}
}
