//! Tests of users, skill groups, numbers and instances: creating, getting, listing, changing and deleting them.

use ccc_api::Client;
use ccc_api::mock::MockEndpoint;
use ccc_api::mock::world::CallCentre;
use ccc_api::response::Format;
use ccc_api::types::{MediaType, Usage, WorkMode};

use super::INSTANCE;

/// Makes a client of a new call centre, and its endpoint.
async fn client() -> (Client, MockEndpoint) {
    let centre = CallCentre::builder().stepped().build();
    let endpoint = MockEndpoint::builder().world(centre).start().await.unwrap();
    (Client::new(endpoint.config()).unwrap(), endpoint)
}

async fn create_user(client: &Client, login: &str) -> String {
    let user = client.create_user().instance_id(INSTANCE).login_name(login).display_name(login);
    let user = user.email("agent@example.com").role_id("Agent@ccc-test").send().await.unwrap();
    user.data.user_id.clone().unwrap()
}

async fn user_ids(client: &Client) -> Vec<String> {
    let mut users = client.list_users().instance_id(INSTANCE).page_size(2).items();
    let mut ids = Vec::new();
    while let Some(user) = users.next().await {
        ids.push(user.unwrap().user_id.unwrap());
    }
    ids
}

#[tokio::test]
async fn user_is_created_listed_changed_and_removed() {
    for format in [Format::Json, Format::Xml] {
        let (_, endpoint) = client().await;
        let client = Client::new(endpoint.config().to_builder().format(format).build().unwrap()).unwrap();
        let id = create_user(&client, "li.na").await;
        let by_id = || client.get_user().instance_id(INSTANCE).user_id(&id).send();
        let got = by_id().await.unwrap();
        let extension = got.data.extension.clone().unwrap();
        let by_extension =
            client.get_user().instance_id(INSTANCE).extension(&extension).send().await.unwrap();
        assert_eq!(got.data, by_extension.data);
        assert_eq!(user_ids(&client).await, [id.as_str(), "user-test@ccc-test"]);

        let change = client.modify_user().instance_id(INSTANCE).user_id(&id).work_mode(WorkMode::OffSite);
        change.nickname("Na").role_id("Manager@ccc-test").mobile("13100000000").send().await.unwrap();
        let changed = by_id().await.unwrap();
        assert_eq!(changed.data.nickname.as_deref(), Some("Na"));
        assert_eq!(changed.data.role_id.as_deref(), Some("Manager@ccc-test"));
        assert_eq!(changed.data.work_mode, Some(WorkMode::OffSite));

        client.remove_users().instance_id(INSTANCE).user_id_list([&id]).send().await.unwrap();
        assert!(by_id().await.is_err());
        assert_eq!(user_ids(&client).await, ["user-test@ccc-test"]);
    }
}

#[tokio::test]
async fn users_are_found_by_name_and_by_skill_group() {
    let (client, _endpoint) = client().await;
    create_user(&client, "li.na").await;
    let list = || client.list_users().instance_id(INSTANCE).page_number(1).page_size(10);
    let of_name = list().search_pattern("LI.").send().await.unwrap();
    assert_eq!(of_name.data.list[0].login_name.as_deref(), Some("li.na"));
    let of_group = list().skill_group_id("skill-group@ccc-test").send().await.unwrap();
    assert_eq!((of_name.data.total_count, of_group.data.total_count), (Some(1), Some(1)));
    assert_eq!(of_group.data.list[0].login_name.as_deref(), Some("user-test"));
}

#[tokio::test]
async fn page_beyond_the_end_is_empty_and_has_the_total() {
    let (client, _endpoint) = client().await;
    create_user(&client, "li.na").await;
    let list = client.list_users().instance_id(INSTANCE).page_number(3).page_size(1).send().await.unwrap();
    assert_eq!((list.data.list.len(), list.data.total_count), (0, Some(2)));
}

#[tokio::test]
async fn skill_group_is_created_listed_changed_and_deleted() {
    let (client, _endpoint) = client().await;
    let create = client.create_skill_group().instance_id(INSTANCE).name("sales").display_name("Sales");
    let created = create.media_type(MediaType::Chat).send().await.unwrap();
    let id = created.data.skill_group_id.clone().unwrap();
    let add = client.add_users_to_skill_group().instance_id(INSTANCE).skill_group_id(&id);
    add.user_skill_level_list(r#"[{"userId":"user-test@ccc-test","skillLevel":3}]"#).send().await.unwrap();

    let list = || client.list_skill_groups().instance_id(INSTANCE).page_number(1).page_size(10);
    let calls = list().send().await.unwrap();
    assert_eq!(calls.data.list[0].skill_group_id.as_deref(), Some("skill-group@ccc-test"));
    let chats = list().media_type(MediaType::Chat).send().await.unwrap();
    assert_eq!((chats.data.list[0].user_count, chats.data.total_count), (Some(1), Some(1)));
    let of_user = client.list_skill_levels_of_user().instance_id(INSTANCE).page_number(1).page_size(10);
    let of_user = of_user.search_pattern("sal").send().await.unwrap();
    assert_eq!(of_user.data.list[0].skill_level, Some(3));

    let modify = client.modify_skill_group().instance_id(INSTANCE).skill_group_id(&id);
    modify.description("Orders").send().await.unwrap();
    let get = || client.get_skill_group().instance_id(INSTANCE).skill_group_id(&id).send();
    let got = get().await.unwrap();
    assert_eq!(got.data.display_name.as_deref(), Some("Sales"));
    assert_eq!(got.data.description.as_deref(), Some("Orders"));

    let delete = || client.delete_skill_group().instance_id(INSTANCE).skill_group_id(&id);
    assert_eq!(delete().send().await.unwrap_err().code(), Some("InUse.SkillGroup"));
    delete().force(true).send().await.unwrap();
    assert_eq!(get().await.unwrap_err().code(), Some("NotExists.SkillGroupId"));
}

#[tokio::test]
async fn numbers_are_found_by_use_and_by_digits() {
    let (client, _endpoint) = client().await;
    let add = client.add_phone_numbers().instance_id(INSTANCE).usage(Usage::Outbound);
    let left = add.number_list(["02188888888", "0109898989"]).send().await.unwrap();
    assert_eq!(left.data, ["0109898989"]);
    let list = || client.list_phone_numbers().instance_id(INSTANCE).page_number(1).page_size(10);
    for found in [list().usage(Usage::Outbound), list().search_pattern("0218")] {
        let found = found.send().await.unwrap();
        let numbers: Vec<_> = found.data.list.iter().map(|number| number.number.as_deref()).collect();
        assert_eq!(numbers, [Some("02188888888")]);
    }
    assert_eq!(list().active(false).send().await.unwrap().data.total_count, Some(0));
}

#[tokio::test]
async fn instance_is_created_listed_used_and_deleted() {
    let (client, _endpoint) = client().await;
    let create = || {
        let create = client.create_instance().domain_name("support").name("Support");
        create.admin_ram_id_list(["28"]).number_list(["0211"]).send()
    };
    create().await.unwrap();
    assert_eq!(create().await.unwrap_err().code(), Some("AlreadyExists.InstanceId"));
    let list = || client.list_instances().page_number(1).page_size(10).send();
    let listed = list().await.unwrap();
    let ids: Vec<_> = listed.data.list.iter().map(|instance| instance.id.as_deref()).collect();
    assert_eq!(ids, [Some("ccc-test"), Some("support")]);

    client.modify_instance().instance_id("support").description("Orders").send().await.unwrap();
    let got = client.get_instance().instance_id("support").send().await.unwrap();
    assert_eq!(got.data.description.as_deref(), Some("Orders"));
    assert_eq!(got.data.admin_list[0].user_id.as_deref(), Some("ram-28@support"));
    assert_eq!(got.data.number_list[0].number.as_deref(), Some("0211"));

    client.delete_instance().instance_id("support").send().await.unwrap();
    assert_eq!(list().await.unwrap().data.total_count, Some(1));
    let unassigned = client.list_unassigned_numbers().page_number(1).page_size(10).send().await.unwrap();
    assert_eq!(unassigned.data.list[0].number.as_deref(), Some("0211"));
}
