def test_login_leads_home(client, treasurer):
    response = client.post("/login/", {"username": "treasurer", "password": "rahasia-sekali"})
    assert response.status_code == 302
    assert response.url == "/"
    assert client.get("/").status_code == 200
