package interlock.web.v1;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.web.RunningService;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningService.Shared.class)
class ListTest {
    private static final String PLANS = "/v1/action_plans";

    private final RunningService service;

    /** Five plans bear it. */
    private final String name = "list & page " + UUID.randomUUID();

    private final List<String> plans = new ArrayList<>();

    ListTest(RunningService service) {
        this.service = service;
    }

    @BeforeEach
    void storeFivePlans() {
        Stream.of("c", "a", "e", "b", "d").map(this::plan).forEach(plans::add);
    }

    private String plan(String id) {
        return service.create("""
                        {"name": "%s", "actions": [
                          {"id": "%s", "action_type": "nop"},
                          {"id": "x", "action_type": "nop", "parents": ["%s"]},
                          {"id": "y", "action_type": "http", "input_parameters": {"url": "http://localhost"}}]}""".formatted(name, id, id)).toString();
    }

    @Test
    void plansAreFoundByAPartOfTheirNameOrByTheBeginningOfTheirUuid() {
        var uuid = service.create(
                "{\"name\": \"DRAIN %s\", \"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}".formatted(name));

        assertThat(service.get(PLANS + "?search=drain+" + encoded()).each("action_plans", "uuid"))
                .containsExactly(uuid.toString());
        assertThat(service.get(PLANS + "?search=" + uuid.toString().substring(0, 13))
                        .each("action_plans", "uuid"))
                .containsExactly(uuid.toString());
        assertThat(service.get(PLANS + "?search=nothing-is-called-so").each("action_plans", "uuid"))
                .isEmpty();
    }

    @Test
    void plansAreListedByAge() {
        assertThat(listed("")).isEqualTo(plans);
        assertThat(listed("&sort_dir=desc")).isEqualTo(plans.reversed());
        assertThat(listed("&sort_key=uuid")).isEqualTo(plans.stream().sorted().toList());
        assertThat(listed("&sort_key=created_at&sort_dir=asc")).isEqualTo(plans);
    }

    @Test
    void followingNextShowsEachPlanOnceWithAllFiltersKept() {
        List<String> seen = new ArrayList<>();
        var parts = 0;

        for (var next = PLANS + "?sort_dir=desc&limit=2&state=RECOMMENDED&name=" + encoded(); next != null; parts++) {
            var part = service.get(next);
            seen.addAll(part.each("action_plans", "uuid"));
            var uri = part.json().path("next").asText("");
            assertThat(uri.isEmpty() || uri.startsWith(service.uri() + PLANS + "?limit=2&"))
                    .isTrue();
            next = uri.isEmpty()
                    ? null
                    : URI.create(uri).getRawPath() + "?" + URI.create(uri).getRawQuery();
        }

        assertThat(seen).isEqualTo(plans.reversed());
        assertThat(parts).isEqualTo(3);
    }

    @Test
    void theMarkerIsTheLastOneOfThePartBefore() {
        assertThat(listed("&marker=" + plans.get(2))).isEqualTo(plans.subList(3, 5));
        assertThat(listed("&limit=1&marker=" + plans.get(2).toUpperCase(java.util.Locale.ROOT)))
                .containsExactly(plans.get(3));
    }

    @ParameterizedTest
    @CsvSource({"asc, 1", "asc, 2", "asc, 100", "desc, 1", "desc, 2", "desc, 100"})
    void anyPartOfThePlansIsListedByAge(String direction, int limit) {
        List<String> expected = direction.equals("asc") ? plans : plans.reversed();

        for (int at = 0; at < plans.size(); at++) {
            int to = Math.min(plans.size(), at + 1 + limit);
            assertThat(listed("&sort_dir=%s&limit=%d&marker=%s".formatted(direction, limit, expected.get(at))))
                    .isEqualTo(expected.subList(at + 1, to));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=FAILED", "audit_uuid=%s", "strategy=dummy", "name=other", "search=other"})
    void aMarkerOfAPlanThatDoesNotFitIsNotFound(String filter) {
        var marker = plans.getFirst();

        var answer = service.get(PLANS + "?marker=%s&%s".formatted(marker, filter.formatted(UUID.randomUUID())));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail()).isEqualTo("ActionPlan %s could not be found".formatted(marker));
    }

    @Test
    void plansAreFilteredByState() {
        service.run(startable());

        assertThat(listed("&state=SUCCEEDED")).hasSize(1).doesNotContainAnyElementsOf(plans);
        assertThat(listed("&state=RECOMMENDED")).isEqualTo(plans);
    }

    private UUID startable() {
        return service.create(
                "{\"name\": \"%s\", \"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}".formatted(name));
    }

    @Test
    void plansInDetailTellMore() {
        var brief = service.get(PLANS + "?name=" + encoded()).json().path("action_plans");
        var detailed = service.get(PLANS + "/detail?name=" + encoded()).json().path("action_plans");

        assertThat(detailed).hasSize(5);
        assertThat(detailed.get(0))
                .isEqualTo(service.get(PLANS + "/" + plans.getFirst()).json());
        assertThat(brief.get(0).has("created_at")).isFalse();
    }

    @Test
    void actionsAreListedInTheOrderOfThePlan() {
        var ofPlan = "/v1/actions?action_plan_uuid=" + plans.getFirst();

        assertThat(service.get(ofPlan).each("actions", "id")).containsExactly("c", "x", "y");
        assertThat(service.get(ofPlan + "&limit=1").each("actions", "id")).containsExactly("c");
        assertThat(service.get(ofPlan + "&state=PENDING&action_type=http").each("actions", "id"))
                .containsExactly("y");
        assertThat(service.get(ofPlan + "&state=FAILED").each("actions", "id")).isEmpty();
        assertThat(service.get(ofPlan + "&sort_key=layer&sort_dir=desc").each("actions", "id"))
                .first()
                .isEqualTo("x");
        assertThat(service.get("/v1/actions?action_plan_uuid=" + UUID.randomUUID())
                        .each("actions", "id"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "asc, 1",
        "asc, 2",
        "asc, 3",
        "asc, 4",
        "asc, 100",
        "desc, 1",
        "desc, 2",
        "desc, 3",
        "desc, 4",
        "desc, 100"
    })
    void actionsOfAllPlansAreListedByAge(String direction, int limit) {
        List<String> all = plans.stream().flatMap(plan -> ofPlan(plan).stream()).toList();
        boolean ascending = direction.equals("asc");
        List<String> expected = ascending ? all : all.reversed();

        for (int at = 0; at < all.size(); at++) {
            int to = Math.min(all.size(), at + 1 + limit);
            List<String> part = service.get(
                            "/v1/actions?sort_dir=%s&limit=%d&marker=%s".formatted(direction, limit, expected.get(at)))
                    .each("actions", "uuid");

            assertThat(part.subList(0, Math.min(part.size(), to - at - 1))).isEqualTo(expected.subList(at + 1, to));
        }
        if (!ascending) {
            String latest = "/v1/actions?sort_dir=desc&limit=" + limit;
            assertThat(service.get(latest).each("actions", "uuid"))
                    .startsWith(expected.subList(0, Math.min(limit, all.size())).toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void aPartOfActionsOfAllPlansHasOnlyThoseThatFit(String direction) {
        service.delete(PLANS + "/" + plans.get(2));
        List<String> expected = Stream.of(0, 1, 3, 4)
                .map(plan -> ofPlan(plans.get(plan)).getLast())
                .toList();
        String http = "/v1/actions?action_type=http&limit=2&sort_dir=" + direction;
        List<String> inOrder = direction.equals("asc") ? expected : expected.reversed();

        assertThat(service.get(http + "&marker=" + inOrder.getFirst()).each("actions", "uuid"))
                .isEqualTo(inOrder.subList(1, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void actionsOfAnAuditAreListedByAge(String direction) {
        var audit = UUID.randomUUID();
        List<String> ids = Stream.of("first", "second")
                .map(id -> service.create(
                        "{\"audit_uuid\": \"%s\", \"actions\": [{\"id\": \"%s\", \"action_type\": \"nop\"}]}"
                                .formatted(audit, id)))
                .flatMap(plan -> ofPlan(plan.toString()).stream())
                .toList();

        assertThat(service.get("/v1/actions?audit_uuid=%s&sort_dir=%s".formatted(audit, direction))
                        .each("actions", "uuid"))
                .isEqualTo(direction.equals("asc") ? ids : ids.reversed());
    }

    @ParameterizedTest
    @CsvSource({
        "action_plan_uuid=%1$s",
        "action_type=http",
        "state=FAILED",
        "audit_uuid=%1$s",
        "resource_id=%1$s",
        "action_plan_uuid=%1$s&sort_dir=desc",
        "action_type=http&sort_dir=desc"
    })
    void aMarkerThatDoesNotFitIsNotFound(String filter) {
        var marker = ofPlan(plans.getFirst()).getFirst();

        var answer = service.get("/v1/actions?marker=%s&%s".formatted(marker, filter.formatted(plans.getLast())));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail()).isEqualTo("Action %s could not be found".formatted(marker));
    }

    @Test
    void aMarkerOfADeletedPlanIsFoundWhereThoseAreShown() {
        var all = ofPlan(plans.getFirst());
        service.delete(PLANS + "/" + plans.getFirst());
        var after = "/v1/actions?limit=2&marker=";

        assertThat(service.get(after + all.getFirst()).status()).isEqualTo(404);
        assertThat(service.get(after + all.getFirst(), "X-Show-Deleted", "true").each("actions", "uuid"))
                .isEqualTo(all.subList(1, 3));
        assertThat(service.get(after + UUID.randomUUID(), "X-Show-Deleted", "true")
                        .status())
                .isEqualTo(404);
    }

    private List<String> ofPlan(String plan) {
        return service.get("/v1/actions?action_plan_uuid=" + plan).each("actions", "uuid");
    }

    @Test
    void actionsTellTheirParents() {
        var actions = service.get("/v1/actions/detail?action_plan_uuid=" + plans.getFirst())
                .json()
                .path("actions");

        assertThat(actions.get(0).path("parents")).isEmpty();
        assertThat(actions.get(1).path("parents"))
                .singleElement()
                .isEqualTo(actions.get(0).path("uuid"));
        assertThat(actions.get(2).path("input_parameters").path("url").asText()).isEqualTo("http://localhost");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour=red                   | Unknown argument: \"colour\"",
                "limit=many                   | Invalid input for field/attribute limit. Value: 'many'. unable to convert to int. Error: invalid literal for int() with base 10: 'many'",
                "limit=0                      | Limit must be positive",
                "limit=-1                     | Limit must be positive",
                "sort_key=colour              | Invalid sort key: colour",
                "sort_dir=up                  | Invalid sort direction: up. Acceptable values are 'asc' or 'desc'",
                "marker=7                     | Invalid input for field/attribute marker. Value: '7'. unable to convert to uuid. Error: Expected a uuid but received 7",
                "audit_uuid=7                 | Invalid input for field/attribute audit_uuid. Value: '7'. unable to convert to uuid. Error: Expected a uuid but received 7"
            })
    void anArgumentThatMakesNoSenseIsNamed(String query, String detail) {
        for (var list : List.of(PLANS, PLANS + "/detail", "/v1/actions", "/v1/actions/detail")) {
            var answer = service.get(list + "?" + query);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.detail()).isEqualTo(detail);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "action_plans,        ActionPlan",
        "action_plans/detail, ActionPlan",
        "actions,             Action",
        "actions/detail,      Action"
    })
    void aMarkerThatIsNotInTheListIsNotFound(String list, String what) {
        var unknown = UUID.randomUUID();

        var answer = service.get("/v1/%s?marker=%s".formatted(list, unknown));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail()).isEqualTo("%s %s could not be found".formatted(what, unknown));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action_plan_uuid=7 | Invalid input for field/attribute action_plan_uuid. Value: '7'. unable to convert to uuid. Error: Expected a uuid but received 7",
                "action_plan_uuid=00000000-0000-4000-8000-000000000000&audit_uuid=00000000-0000-4000-8000-000000000000 | Filtering actions on both audit and action-plan is prohibited"
            })
    void actionsAreNotListedByWhatMakesNoSense(String query, String detail) {
        for (var list : List.of("/v1/actions", "/v1/actions/detail")) {
            var answer = service.get(list + "?" + query);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.detail()).isEqualTo(detail);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "uuid",
                "audit_id",
                "audit_uuid",
                "strategy_id",
                "strategy_uuid",
                "strategy_name",
                "state",
                "global_efficacy",
                "hostname",
                "status_message",
                "created_at",
                "updated_at",
                "deleted_at"
            })
    void plansAreSortedByWhatWatcherSortsThem(String key) {
        assertThat(listed("&sort_key=" + key)).containsExactlyInAnyOrderElementsOf(plans);
        assertThat(listed("&sort_dir=desc&sort_key=" + key)).containsExactlyInAnyOrderElementsOf(plans);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "uuid",
                "action_plan_id",
                "action_plan_uuid",
                "action_type",
                "input_parameters",
                "parents",
                "state",
                "status_message",
                "created_at",
                "updated_at",
                "deleted_at"
            })
    void actionsAreSortedByWhatWatcherSortsThem(String key) {
        var ofPlan = "/v1/actions?action_plan_uuid=%s&sort_key=%s".formatted(plans.getFirst(), key);

        assertThat(service.get(ofPlan).each("actions", "id")).containsExactlyInAnyOrder("c", "x", "y");
    }

    private List<String> listed(String more) {
        return service.get(PLANS + "?name=" + encoded() + more).each("action_plans", "uuid");
    }

    private String encoded() {
        return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8);
    }
}
