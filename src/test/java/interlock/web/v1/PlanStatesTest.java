package interlock.web.v1;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.model.PlanState;
import interlock.web.RunningService;
import interlock.web.watcher.Microversion;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The permitted requests for a plan, and for its one PENDING action, in each state. No applier changes the states. */
class PlanStatesTest {
    private static final Set<String> MAY_PATCH =
            Set.of("RECOMMENDED PENDING", "RECOMMENDED CANCELLED", "PENDING CANCELLED", "ONGOING CANCELLING");

    private static final String SKIP = "[{\"op\": \"replace\", \"path\": \"/state\", \"value\": \"SKIPPED\"}]";

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = new RunningService(false);
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # state     , start    , pause    , resume   , cancel    , retry   , delete  , skip
            RECOMMENDED , PENDING  , 409      , 409      , CANCELLED , 409     , DELETED , SKIPPED
            PENDING     , 400      , PENDING  , 409      , CANCELLED , 409     , 400     , SKIPPED
            ONGOING     , 400      , ONGOING  , 409      , CANCELLED , 409     , 400     , SKIPPED
            CANCELLING  , 400      , 409      , 409      , 409       , 409     , 400     , 409
            SUCCEEDED   , 400      , 409      , 409      , 409       , 409     , DELETED , 409
            FAILED      , 400      , 409      , 409      , 409       , PENDING , DELETED , 409
            CANCELLED   , 400      , 409      , 409      , 409       , PENDING , DELETED , 409
            SUPERSEDED  , 400      , 409      , 409      , 409       , 409     , DELETED , 409
            DELETED     , 404      , 404      , 404      , 404       , 404     , 404     , 404
            """)
    void whatMayBeDoneIsDoneAndTheRestIsRefusedWithTheStatesName(
            String state,
            String start,
            String pause,
            String resume,
            String cancel,
            String retry,
            String delete,
            String skip) {
        check("start", state, start);
        check("pause", state, pause);
        check("resume", state, resume);
        check("cancel", state, cancel);
        check("retry", state, retry);
        check("delete", state, delete);
        check("skip", state, skip);
    }

    private static void check(String operation, String state, String expected) {
        var plan = planIn(state);
        var action = action(plan);

        var answer = switch (operation) {
            case "delete" -> service.delete(path(plan));
            case "skip" -> service.post("/v1/actions/%s/skip".formatted(action), "");
            default -> service.post(path(plan) + "/" + operation, "");
        };

        var described = "%s of a plan that is %s: %s".formatted(operation, state, answer.body());
        if (!expected.matches("\\d+")) {
            assertThat(answer.status()).as(described).isEqualTo(operation.equals("delete") ? 204 : 200);
            var shown = operation.equals("delete")
                    ? service.get(path(plan), "X-Show-Deleted", "true").json()
                    : answer.json();
            assertThat(shown.path("state").asText()).as(described).isEqualTo(expected);
            assertThat(shown.path("paused").asBoolean()).isEqualTo(operation.equals("pause"));
        } else {
            assertThat(answer.status()).as(described).isEqualTo(Integer.parseInt(expected));
            if (!expected.equals("404")) {
                assertThat(answer.detail()).as(described).contains("'" + state + "'");
            }
            assertThat(stored(plan)).isEqualTo(state);
        }
    }

    static Stream<Arguments> pairsOfStates() {
        return Arrays.stream(PlanState.values())
                .flatMap(from -> Arrays.stream(PlanState.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairsOfStates")
    void watchersClientsStartAndCancelPlansByTheirState(PlanState from, PlanState to) {
        var expected = MAY_PATCH.contains(from + " " + to) ? 200 : from == PlanState.DELETED ? 404 : 400;

        patch(from.name(), to.name(), expected);
    }

    @ParameterizedTest
    @EnumSource(PlanState.class)
    void aStateThatThereIsNotIsRefused(PlanState from) {
        patch(from.name(), "BOGUS", 400);
    }

    private static void patch(String from, String to, int expected) {
        var plan = planIn(from);
        var body = "[{\"op\": \"replace\", \"path\": \"/state\", \"value\": \"%s\"}]".formatted(to);

        var answer = service.patch(path(plan), body);

        assertThat(answer.status()).as("%s -> %s: %s", from, to, answer.body()).isEqualTo(expected);
        if (expected == 400) {
            assertThat(answer.detail())
                    .startsWith("Couldn't apply patch '[{\"op\":\"replace\",\"path\":\"/state\",")
                    .endsWith(
                            to.equals("BOGUS")
                                    ? "Reason: Invalid state: BOGUS"
                                    : "Reason: State transition not allowed: (%s -> %s)".formatted(from, to));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # plan      , action
            RECOMMENDED , PENDING   , ''
            PENDING     , PENDING   , ''
            ONGOING     , PENDING   , ''
            CANCELLING  , PENDING   , 'State update not allowed for actionplan state: CANCELLING'
            FAILED      , PENDING   , 'State update not allowed for actionplan state: FAILED'
            SUPERSEDED  , PENDING   , 'State update not allowed for actionplan state: SUPERSEDED'
            ONGOING     , ONGOING   , 'State transition not allowed: (ONGOING -> SKIPPED)'
            ONGOING     , SUCCEEDED , 'State transition not allowed: (SUCCEEDED -> SKIPPED)'
            ONGOING     , FAILED    , 'State transition not allowed: (FAILED -> SKIPPED)'
            ONGOING     , CANCELLED , 'State transition not allowed: (CANCELLED -> SKIPPED)'
            ONGOING     , SKIPPED   , 'State transition not allowed: (SKIPPED -> SKIPPED)'
            ONGOING     , STANDBY   , 'State transition not allowed: (STANDBY -> SKIPPED)'
            SUCCEEDED   , SUCCEEDED , 'State transition not allowed: (SUCCEEDED -> SKIPPED)'
            """)
    void watchersClientsSkipActionsByTheirState(String planState, String actionState, String refusal) {
        var plan = planIn(planState);
        var action = action(plan);
        service.query(
                "MATCH (a:Action {uuid: $uuid}) SET a.state = $state", Map.of("uuid", action, "state", actionState));

        var answer = service.patch("/v1/actions/" + action, """
                [{"op": "replace", "path": "/state", "value": "SKIPPED"},
                 {"op": "add", "path": "/status_message", "value": "by hand"}]""");

        if (refusal.isEmpty()) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().path("state").asText()).isEqualTo("SKIPPED");
            assertThat(answer.json().path("status_message").asText())
                    .isEqualTo("Action skipped by user. Reason: by hand");
        } else {
            assertThat(answer.status()).as(answer.body()).isEqualTo(409);
            assertThat(answer.detail()).isEqualTo(refusal);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '[{"op": "replace", "path": "/state", "value": "PENDING"}]'   , 409, State transition not allowed: (PENDING -> PENDING)
            '[{"op": "replace", "path": "/state", "value": "SUCCEEDED"}]' , 409, State transition not allowed: (PENDING -> SUCCEEDED)
            '[{"op": "replace", "path": "/status_message", "value": "x"}]', 409, status_message update only allowed when action state is SKIPPED
            '[{"op": "add", "path": "/parents", "value": "x"}]'           , 400, '''/parents'' is not an allowed attribute and can not be updated'
            '[{"op": "remove", "path": "/state"}]'                        , 400, '''/state'' is a mandatory attribute and can not be removed'
            '[{"op": "test", "path": "/state", "value": "PENDING"}]'      , 400, 'Invalid input for field/attribute op. Value: ''test''. Value should be one of: add, remove, replace'
            '[{"op": "replace", "path": "/state"}]'                       , 400, '''add'' and ''replace'' operations needs value'
            '[{"op": "replace", "path": "/state", "value": null}]'        , 409, State transition not allowed: (PENDING -> None)
            '[{"op": "replace", "path": "/uuid", "value": "x"}]'          , 400, '''/uuid'' is an internal attribute and can not be updated'
            '[{"op": "replace", "path": "/links/0", "value": "x"}]'       , 400, '''/links/0'' is an internal attribute and can not be updated'
            '[{"op": "remove", "path": "/status_message"}]'               , 400, '''/status_message'' is a mandatory attribute and can not be removed'
            '[{"op": "replace", "path": "state", "value": "SKIPPED"}]'    , 400, 'Invalid input for field/attribute path. Value: ''state''. Value should match the pattern ^(/[\\w-]+)+$'
            '[{"path": "/state", "value": "SKIPPED"}]'                    , 400, 'Invalid input for field/attribute op. Value: ''None''. Mandatory field missing.'
            '[{"op": "replace", "value": "SKIPPED"}]'                     , 400, 'Invalid input for field/attribute path. Value: ''None''. Mandatory field missing.'
            '[{"op": "move", "path": "/state", "from": "/uuid"}]'         , 400, -
            '["SKIPPED"]'                                                 , 400, 'The body is not a JSON patch; expected a list of {op, path, value}.'
            '{"state": "SKIPPED"}'                                        , 400, 'The body is not a JSON patch; expected a list of {op, path, value}.'
            '[{"op": "replace"'                                           , 400, -
            """)
    void aPatchOfAnActionThatMakesNoSenseIsRefused(String body, int status, String detail) {
        var answer = service.patch("/v1/actions/" + action(planIn("RECOMMENDED")), body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        if (!detail.equals("-")) {
            assertThat(answer.detail()).isEqualTo(detail);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '[]'                                                                 , (RECOMMENDED -> RECOMMENDED)
            '[{"op": "remove", "path": "/state"}]'                               , '''/state'' is a mandatory attribute'
            '[{"op": "replace", "path": "/name", "value": "x"}]'                 , (RECOMMENDED -> RECOMMENDED)
            '[{"op": "replace", "path": "/state", "value": "PENDING"}, {"op": "add", "path": "/name", "value": "x"}]', Adding a new attribute (/name) to the root of  the resource is not allowed
            """)
    void nothingButTheStateOfAPlanIsPatched(String body, String detail) {
        var answer = service.patch(path(planIn("RECOMMENDED")), body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains(detail);
    }

    @Test
    void aPatchIsSentAsJson() {
        var plan = planIn("RECOMMENDED");
        var body = "[{\"op\": \"replace\", \"path\": \"/state\", \"value\": \"CANCELLED\"}]";

        for (var path : List.of(path(plan), "/v1/actions/" + action(plan))) {
            var answer = service.patch(path, body, "Content-Type", "application/json-patch+json");

            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.detail()).isEqualTo("Unknown mimetype: application/json-patch+json");
        }
        assertThat(stored(plan)).isEqualTo("RECOMMENDED");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # version         , status
            infra-optim 1.0   , 400
            infra-optim 1.4   , 400
            infra-optim 1.5   , 200
            infra-optim 1.7   , 200
            infra-optim latest, 200
            compute 2.1       , 400
            """)
    void actionsAreSkippedFromAVersionOn(String version, int status) {
        var answer = service.patch("/v1/actions/" + action(planIn("RECOMMENDED")), SKIP, Microversion.HEADER, version);

        assertThat(answer.status()).isEqualTo(status);
        if (status == 400) {
            assertThat(answer.detail()).isEqualTo("API microversion 1.5 or higher is required.");
        }
    }

    @Test
    void watchersClientsSkipNothingOfAPlanThatRuns() {
        var action = "/v1/actions/" + action(planIn("ONGOING"));

        var ofWatcher = service.patch(action, SKIP, Microversion.HEADER, "infra-optim 1.5");
        var own = service.patch(action, SKIP);

        assertThat(ofWatcher.status()).isEqualTo(409);
        assertThat(ofWatcher.detail()).isEqualTo("State update not allowed for actionplan state: ONGOING");
        assertThat(own.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # reason , message
            'by hand', Action skipped by user. Reason: by hand
            ''       , Action skipped by user.
            """)
    void whyAnActionWasSkippedMayBeSaidLaterInAnyStateOfThePlan(String reason, String message) {
        for (var state : List.of("RECOMMENDED", "SUCCEEDED", "CANCELLED")) {
            var plan = planIn("RECOMMENDED");
            var action = "/v1/actions/" + action(plan);
            service.patch(action, SKIP);
            set(plan, state);
            var before = service.plan(plan).path("revision").asInt();

            var answer = service.patch(
                    action,
                    "[{\"op\": \"replace\", \"path\": \"/status_message\", \"value\": \"%s\"}]".formatted(reason));

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().path("state").asText()).isEqualTo("SKIPPED");
            assertThat(service.get(action).json().path("status_message").asText())
                    .isEqualTo(message);
            var after = service.plan(plan);
            assertThat(after.path("revision").asInt()).isEqualTo(before + 1);
            assertThat(after.path("state").asText()).isEqualTo(state);
            assertThat(after.path("actions_by_state").path("SKIPPED").asInt()).isEqualTo(1);
        }
    }

    private static UUID planIn(String state) {
        var plan = service.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");
        set(plan, state);
        return plan;
    }

    private static void set(UUID plan, String state) {
        service.query(
                "MATCH (p:ActionPlan {uuid: $uuid}) SET p.state = $state",
                Map.of("uuid", plan.toString(), "state", state));
    }

    private static String stored(UUID plan) {
        return service.get(path(plan), "X-Show-Deleted", "true")
                .json()
                .path("state")
                .asText();
    }

    private static String action(UUID plan) {
        return service.get("/v1/actions?action_plan_uuid=" + plan, "X-Show-Deleted", "true")
                .each("actions", "uuid")
                .getFirst();
    }

    private static String path(UUID plan) {
        return "/v1/action_plans/" + plan;
    }
}
