"""What shares a browser or an experiment stays in one process: losing that costs minutes in silence."""


def test_a_file_stays_in_one_process(request):
    processes = getattr(request.config, "workerinput", None)
    assert processes is None or request.node.nodeid.endswith("@test_groups")
