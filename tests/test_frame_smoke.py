def test_a_practitioner_sees_the_family_and_a_stranger_does_not(amira, bella):
    assert amira.get("/families/LANE-01").status == 200
    assert bella.get("/families/LANE-01").status == 404


def test_a_case_can_be_opened(amira):
    page = amira.get("/families/open")
    page = amira.submit(page, {}, button="Open the case")
    assert page.status == 422
    print(page.errors)
