"""Signing in by link and password, staying and leaving."""

import secrets

import pytest

from tests.gateway.harness import PASSWORD, Deployment, Person, answered, invited, refused, running, token_of


def email() -> str:
    return f"{secrets.token_hex(4)}@example.org"


def test_first_start_logs_a_link_that_needs_an_email_and_a_password(deployment: Deployment, anybody: Person) -> None:
    link = deployment.events("first_owner")[-1]["link"]
    assert link.startswith(f"{deployment.url}/sign-in?token=")
    problem = refused(anybody.post("session/link", json={"token": token_of(link)}), 422, "link_incomplete", "email")
    assert [each["field"] for each in problem["fields"]] == ["email", "password"]


def test_first_owner_sets_the_password_and_signs_in_with_it(deployment: Deployment, anybody: Person) -> None:
    token, address = token_of(deployment.events("first_owner")[-1]["link"]), email()
    body = {"token": token, "email": address, "password": PASSWORD, "name": "Ada"}
    session = anybody.enter(anybody.post("session/link", json=body))
    assert session["user"]["email"] == address
    assert "projects/create" in session["permissions"]
    refused(anybody.post("session/link", json=body), 410, "link_invalid")
    with deployment.person() as later:
        assert (
            later.enter(later.post("session", json={"email": address.upper(), "password": PASSWORD}))["user"]["name"]
            == "Ada"
        )
        assert answered(later.get("session"))["csrf"] == later.headers["X-CSRF-Token"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(owner: Person, anybody: Person) -> None:
    link = answered(owner.post("people", json={"email": email(), "name": "Bo"}))["link"]
    response = anybody.post("session/link", json={"token": token_of(link), "password": PASSWORD})
    session, csrf = response.headers.get_list("set-cookie")
    assert session.startswith("labelbus_session=")
    assert "HttpOnly" in session
    assert "SameSite=lax" in session
    assert csrf.startswith("labelbus_csrf=")
    assert "HttpOnly" not in csrf


def test_sign_out_ends_the_session_at_once(owner: Person) -> None:
    with invited(owner) as person:
        cookie = person.cookies["labelbus_session"]
        assert person.delete("session").status_code == 204
        person.cookies.clear()
        refused(person.get("session", headers={"Cookie": f"labelbus_session={cookie}"}), 401, "not_signed_in")


def test_a_disabled_person_is_out_at_once_and_stays_out(owner: Person) -> None:
    with invited(owner) as person:
        answered(owner.patch(f"people/{person.id}", json={"disabled": True}))
        refused(person.get("projects"), 401, "not_signed_in")
        address = next(each["email"] for each in answered(owner.get("people"))["items"] if each["id"] == person.id)
        refused(person.post("session", json={"email": address, "password": PASSWORD}), 401, "sign_in_failed")


@pytest.mark.parametrize("known", [True, False])
def test_wrong_passwords_are_refused_alike_and_then_throttled(owner: Person, anybody: Person, *, known: bool) -> None:
    address = email()
    if known:
        link = answered(owner.post("people", json={"email": address, "name": "Cy"}))["link"]
        answered(anybody.post("session/link", json={"token": token_of(link), "password": PASSWORD}))
    body = {"email": address, "password": "wrong wrong wrong"}
    for _ in range(5):
        refused(anybody.post("session", json=body), 401, "sign_in_failed")
    problem = refused(anybody.post("session", json=body), 429, "too_many_attempts")
    assert problem["retryable"]


def test_an_unsafe_request_by_cookie_needs_the_csrf_token_of_that_session(owner: Person) -> None:
    with invited(owner) as person, invited(owner) as other:
        right = person.headers.pop("X-CSRF-Token")
        refused(person.post("tokens", json={"name": "x"}), 403, "csrf_failed")
        refused(
            person.post("tokens", json={"name": "x"}, headers={"X-CSRF-Token": other.headers["X-CSRF-Token"]}),
            403,
            "csrf_failed",
        )
        refused(person.post(f"tokens?csrf={right}", json={"name": "x"}), 403, "csrf_failed")
        answered(person.get("tokens"))
        answered(person.post("tokens", json={"name": "x"}, headers={"X-CSRF-Token": right}))


def test_a_closing_page_may_send_the_csrf_token_in_the_address(owner: Person, project: dict[str, str]) -> None:
    with invited(owner) as person:
        right = person.headers.pop("X-CSRF-Token")
        path, body = f"projects/{project['id']}/release", {"client": "c" * 16, "tokens": ["t" * 20]}
        refused(person.post(path, json=body), 403, "csrf_failed")
        assert answered(person.post(f"{path}?csrf={right}", json=body)) == {"released": 0}


def test_api_tokens_work_without_csrf_until_they_are_taken_back(deployment: Deployment, owner: Person) -> None:
    with invited(owner) as person:
        created = answered(person.post("tokens", json={"name": "script"}))
        with deployment.person(created["secret"]) as script:
            assert answered(script.get("session"))["user"]["id"] == person.id
            answered(script.post("tokens", json={"name": "second"}))
            listed = answered(person.get("tokens"))
            assert {token["name"] for token in listed["items"]} == {"script", "second"}
            assert created["secret"] not in str(listed)
            assert person.delete(f"tokens/{created['token']['id']}").status_code == 204
            refused(script.get("session"), 401, "not_signed_in")


def test_a_new_password_ends_the_other_sessions_only(deployment: Deployment, owner: Person) -> None:
    with invited(owner) as person, deployment.person() as elsewhere:
        address = answered(person.get("session"))["user"]["email"]
        elsewhere.enter(elsewhere.post("session", json={"email": address, "password": PASSWORD}))
        change = {"password": {"old": "not the old one", "new": "quite another one"}}
        refused(person.patch("me", json=change), 422, "wrong_password", "password.old")
        change["password"]["old"] = PASSWORD
        answered(person.patch("me", json=change))
        answered(person.get("session"))
        refused(elsewhere.get("session"), 401, "not_signed_in")


def test_the_last_owner_stays(owner: Person) -> None:
    owners = [each for each in answered(owner.get("people"))["items"] if each["role"] == "owner"]
    assert [each["id"] for each in owners] == [owner.id]
    refused(owner.patch(f"people/{owner.id}", json={"role": "labeler"}), 409, "last_owner", "role")
    refused(owner.patch(f"people/{owner.id}", json={"disabled": True}), 409, "last_owner", "disabled")


def test_an_email_belongs_to_one_person(owner: Person) -> None:
    address = email()
    answered(owner.post("people", json={"email": address, "name": "Di"}))
    refused(owner.post("people", json={"email": address.upper(), "name": "Di"}), 409, "email_taken", "email")


def test_sign_ins_and_privileged_acts_are_in_the_audit(owner: Person) -> None:
    with invited(owner) as person:
        seen = {(each["action"], each["target"]) for each in answered(owner.get("audit?limit=200"))["items"]}
        assert {("person.invited", person.id), ("session.opened_by_link", person.id)} <= seen


def test_pages_of_the_audit_follow_each_other(owner: Person) -> None:
    first = answered(owner.get("audit?limit=2"))
    second = answered(owner.get("audit", params={"limit": 2, "cursor": first["cursor"]}))
    ids = [each["id"] for each in first["items"] + second["items"]]
    assert ids == sorted(set(ids), reverse=True)
    assert len(ids) > len(first["items"])


def test_signing_out_gives_the_pages_back_at_once(owner: Person, deployment: Deployment) -> None:
    project = running(owner, answered(owner.post("projects", json=deployment.new_project())))
    labeling = f"projects/{project['id']}"

    def claim(person: Person, token: str, client: str, *have: str) -> list[str]:
        body = {"token": token, "client": client, "size": 9, "have": have}
        page = answered(person.post(f"{labeling}/claim", json=body))
        return [item["id"] for item in page["items"]]

    with invited(owner) as leaving, invited(owner) as staying:
        held = claim(leaving, "a" * 20, "b" * 16)
        assert held
        body = {"client": "b" * 16, "pages": [{"project": project["id"], "token": "a" * 20}]}
        assert leaving.request("DELETE", "session", json=body).status_code == 204
        refused(leaving.get("session"), 401, "not_signed_in")
        had = claim(staying, "c" * 20, "d" * 16) + claim(staying, "e" * 20, "d" * 16, "c" * 20)
        assert set(held) < set(had)
