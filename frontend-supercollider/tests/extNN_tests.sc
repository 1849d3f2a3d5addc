// Tests begin without models and leave those of the user alone.
+ NN {
	*prUseForTest { Library.put(\nnTests, registry); registry = NNRegistry.new }
	*prEndTest { registry = Library.at(\nnTests) }
}
