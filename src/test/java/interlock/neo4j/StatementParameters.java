package interlock.neo4j;

import interlock.neo4j.FilledDatabase.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The parameters of statements that are tried on a plan: one value for each name, with exceptions by statement. */
final class StatementParameters {
    private static final Pattern USED = Pattern.compile("\\$(\\w+)");
    private static final int MANY = 50;

    private final FilledDatabase database;

    /** By the parameter's name, or by the end of the statement's name, a dot and the parameter's name. */
    private final Map<String, Function<Scene, Object>> values = new HashMap<>();

    StatementParameters(FilledDatabase database) {
        this.database = database;
        whatNamesMean();
        whatTheAdvanceMeans();
        whatStoringMeans();
        whatOthersMean();
        whatRetentionMeans();
    }

    /** {@return the parameters of a statement for a plan} */
    Map<String, Object> of(String statement, String text, Scene scene) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        USED.matcher(text)
                .results()
                .map(found -> found.group(1))
                .forEach(name -> parameters.put(name, value(statement, name).apply(scene)));
        return parameters;
    }

    private Function<Scene, Object> value(String statement, String name) {
        String[] words = statement.split("/");
        String alone = words[words.length - 1] + "." + name;
        String inFolder = words.length > 1 ? words[words.length - 2] + "/" + alone : alone;
        for (String key : List.of(inFolder, alone, name)) {
            if (values.containsKey(key)) {
                return values.get(key);
            }
        }
        throw new AssertionError("%s takes $%s: say in %s what that is"
                .formatted(statement, name, getClass().getName()));
    }

    private void is(String name, Object value) {
        values.put(name, _ -> value);
    }

    private void of(String name, Function<Scene, Object> value) {
        values.put(name, value);
    }

    /** A list with a map for each. */
    private <T> void each(String name, Function<Scene, List<T>> of, Function<T, Map<String, Object>> value) {
        values.put(name, scene -> of.apply(scene).stream().map(value).toList());
    }

    private void whatNamesMean() {
        of("plan", Scene::plan);
        of("planUuid", Scene::plan);
        of("uuid", Scene::plan);
        of("action", Scene::last);
        of("actions", Scene::waiting);
        of("uuids", Scene::waiting);
        of("applier", scene -> scene.running().getFirst().get("applier"));
        of("path", scene -> scene.paths().isEmpty() ? "none" : scene.paths().getLast());
        of("paths", Scene::paths);
        of("now", _ -> database.now());
        of("since", _ -> database.now());
        for (String duration : List.of("lease", "wait", "expiry", "grace")) {
            is(duration, Duration.ofMinutes(1));
        }
        for (String text :
                List.of("message", "reason", "failure", "name", "host", "id", "holder", "checksum", "round")) {
            is(text, "some");
        }
        for (String absent : List.of(
                "marker",
                "state",
                "auditUuid",
                "resourceId",
                "actionType",
                "strategy",
                "search",
                "goal",
                "strategyUuid",
                "strategyName")) {
            is(absent, null);
        }
        for (String number : List.of(
                "offset",
                "skip",
                "turn",
                "fence",
                "revisions",
                "occurrences",
                "delivered",
                "after",
                "from",
                "first",
                "stored",
                "added")) {
            is(number, 0);
        }
        for (String number : List.of("limit", "portion", "to", "until", "end", "process", "maxConcurrentActions")) {
            is(number, MANY);
        }
        for (String not : List.of("deleted", "descending", "gone")) {
            is(not, false);
        }
        is("advancing", true);
        for (String option : List.of("abort", "paused", "all", "compensations", "whole")) {
            is(option, true);
        }
        is("most", MANY);
        is("reset.state", "PENDING");
        is("reset.label", "Pending");
        is("change", "OPENING");
        is("sortKey", "number");
        is("states", List.of("PENDING", "ONGOING"));
        is("types", List.of("nop"));
        is("type", "nop");
        is("open", false);
        is("keys", List.of("nop", "sleep"));
        is("outcomes", List.of("SUCCEEDED", "FAILED"));
        is("makespanSeconds", 1.0);
        is("duration/record.kept", 500);
        each("attempts", Scene::waiting, it -> Map.of("action", it, "number", 1));
        is(
                "recorded",
                List.of(Map.of(
                        "key",
                        "nop",
                        "actionType",
                        "nop",
                        "count",
                        1,
                        "durations",
                        List.of(1.0),
                        "succeeded",
                        List.of(true))));
        is("resource", "compute_host/h1");
        is("plans", 3);
    }

    private void whatTheAdvanceMeans() {
        Function<Scene, List<Map<String, Object>>> running = Scene::running;
        each(
                "settlements",
                running,
                it -> with(
                        it,
                        Map.of(
                                "outcome",
                                "SUCCEEDED",
                                "message",
                                "",
                                "failed",
                                0,
                                "state",
                                "SUCCEEDED",
                                "label",
                                "Succeeded",
                                "statusMessage",
                                "",
                                "ended",
                                true,
                                "complete",
                                true)));
        each("reports", running, it -> with(it, Map.of("progress", 0.5, "requestIds", List.of("req-1"))));
        each("failures", running, it -> with(it, Map.of("message", "some", "reason", "some")));
        each(
                "cancel-descendants.failures",
                scene -> scene.running().subList(0, 1),
                it -> with(it, Map.of("message", "some")));
        each("follow/cancel.actions", Scene::waiting, it -> Map.of("action", it, "message", "some"));
        each("pause-plans.plans", scene -> List.of(scene.plan()), it -> Map.of("plan", it, "message", "some"));
        each("stop-plans.plans", scene -> List.of(scene.plan()), it -> Map.of("plan", it, "rollBack", true));
        for (String ofRunning :
                List.of("retry-permissions", "next-paths", "end-waits", "ignore-failures", "release-failures")) {
            of(
                    ofRunning + ".actions",
                    scene ->
                            scene.running().stream().map(it -> it.get("action")).toList());
        }
        is("end-plan.state", "FAILED");
        each("holds", Scene::waiting, it -> Map.of("action", it, "key", "compute_host/h1", "units", 1));
        each("blocked", Scene::waiting, it -> Map.of("action", it, "key", "compute_host/h1", "units", 1));
        each("kept", scene -> List.of(scene.last()), it -> Map.of("key", "compute_host/h1", "action", it));
        each("waits", scene -> List.of(scene.plan()), it -> Map.of("key", "compute_host/h1", "plan", it));
        is("gaps", List.of(Map.of("key", "compute_host/h1", "units", 1, "seconds", 10.0)));
        is("key", "compute_host/h1");
        is("priority", 7);
        is("slots", 3);
        of("candidates.ended", scene -> Map.of(scene.plan(), 1));
        each("queue.plans", scene -> List.of(scene.plan()), it -> Map.of("plan", it, "running", 1, "longest", 9.0));
        each("members", Scene::waiting, it -> Map.of("action", it, "complete", false));
        each("path-after-parents.members", scene -> List.of(scene.last()), it -> Map.of("action", it));
        of("cancelled-because.action", Scene::first);
        each("edges", Scene::waiting, it -> Map.of("child", it, "parent", it));
        of("reverts", Scene::waiting);
        values.put(
                "store-reverts.reverts",
                scene -> scene.waiting().stream()
                        .map(it -> Map.of(
                                "uuid",
                                UUID.randomUUID().toString(),
                                "of",
                                it,
                                "unmetParents",
                                0,
                                "layer",
                                0,
                                "priority",
                                1.0))
                        .toList());
        each(
                "settle-paths.paths",
                scene -> scene.paths().isEmpty()
                        ? List.of()
                        : List.of(scene.paths().getLast()),
                it -> Map.of("path", it, "delta", -FilledDatabase.MEMBERS));
        of("take-over.path", Scene::next);
        of("activate.path", Scene::next);
        of("take-over.action", Scene::first);
        of("activate.action", Scene::first);
        of("broken", Scene::paths);
        of("ids", scene -> List.of(scene.running().getFirst().get("applier")));
        each(
                "changes",
                scene -> List.of(scene.plan()),
                it -> new HashMap<>(Map.of(
                        "plan",
                        it,
                        "pending",
                        0,
                        "ongoing",
                        0,
                        "succeeded",
                        0,
                        "failed",
                        0,
                        "skipped",
                        0,
                        "cancelled",
                        0,
                        "standby",
                        0,
                        "actions",
                        "[]",
                        "parts",
                        List.of())));
    }

    private void whatStoringMeans() {
        for (String part : List.of("actions", "edges", "paths", "within", "path-actions", "replaces", "uses")) {
            is("store-" + part + ".plan", "draft");
        }
        is("publish.uuid", "draft");
        is("publish.plan", Map.of("actionsTotal", 500));
        is("draft.uuid", UUID.randomUUID().toString());
        is("supersede.plan", "none");
        is("supersede.name", "recommended");
        is("set-state.state", "DELETED");
        is("standby", 0);
        is("find-by-idempotency-key.key", "key 1");
        is(
                "store-actions.actions",
                many(it -> Map.of("state", "PENDING", "label", "Pending", "properties", Map.of("uuid", it))));
        is("store-paths.paths", many(it -> Map.of("uuid", it, "name", it, "rank", 1, "enclosing", List.of())));
        each("within", Scene::paths, it -> Map.of("path", it, "outer", it));
        of("store-path-actions.members", StatementParameters::pathsAndActions);
        of("replaces", StatementParameters::pathsAndActions);
        each("uses", Scene::waiting, it -> Map.of("action", it, "key", "compute_host/h1", "units", 1));
        is("limits", List.of(Map.of("key", "compute_host/h1", "capacity", 3, "own", false)));
        is(
                "store.resources",
                IntStream.range(0, 10)
                        .mapToObj(it -> Map.of(
                                "key", "compute_host/h" + it, "kind", "compute_host", "id", "h" + it, "capacity", 4))
                        .toList());
        is("configure.resources", Map.of("compute_host/h1", 4));
        is("kinds", Map.of("compute_host", 4));
        is("unlimited", List.of("action_type"));
        is("lock", 1);
        is("key", "compute_host/h1");
        is("capacity", 2);
        is("most", MANY);
        of("messages", scene -> Map.of(scene.plan(), "some"));
        is("read/capacities.resources", List.of(Map.of("key", "compute_host/h1", "kind", "compute_host", "id", "h1")));
        is("read/resources.kind", null);
        is("read/resources.id", null);
    }

    private void whatOthersMean() {
        for (String webhook : List.of("claim", "report", "delete", "find")) {
            is("webhook/" + webhook + ".uuid", "webhook 1");
        }
        is(
                "audit/changed.change",
                Map.of("auditUuid", "audit 1", "number", 2, "at", database.now(), "state", "PENDING"));
        is("audit/find.key", "audit 1");
        is("audit/find-template.key", "template 1");
        is("recommend.audit", "audit 1");
        of("attempts.uuid", Scene::first);
        of("read/plans.uuids", scene -> List.of(scene.plan()));
        of("deletions.uuids", scene -> List.of(scene.plan()));
        of("followed.plans", scene -> List.of(scene.plan()));
        of("told-plans.plans", scene -> List.of(scene.plan()));
        is("audits", List.of("audit 1"));
        for (String downwards : List.of("open-descendants", "what-it-blocks", "skip", "explain-skip")) {
            of(downwards + ".action", Scene::first);
        }
    }

    private void whatRetentionMeans() {
        is("olderThan", Duration.ofDays(1));
        of("before", _ -> database.now());
        of("retention/count.before", _ -> database.now().minusYears(100));
        for (String selecting : List.of("candidates", "count")) {
            is("retention/" + selecting + ".states", List.of("SUCCEEDED", "DELETED"));
            is("retention/" + selecting + ".plans", null);
        }
        for (String ofPlans : List.of("mark", "remove-paths", "actions", "remove-revisions", "remove-plans")) {
            of("retention/" + ofPlans + ".plans", scene -> List.of(scene.plan()));
        }
        is("retention/progress.actions", 1);
        is("retention/end.kept", 1);
        is("purge", Map.of("uuid", "purge 1"));
        is("idempotencyKey", "key 1");
        is("activations", List.of());
        is("retention/restore-paths.paths", many(it -> Map.of("uuid", it, "name", it)));
        is("retention/restore-reverts.reverts", List.of());
        is("retention/restore-plan.plan", Map.of("number", 1));
        is("retention/restore-revisions.revisions", List.of());
        is("retention/restore-actions.plan", "draft");
        is(
                "retention/restore-actions.actions",
                many(it -> Map.of("label", "Failed", "properties", Map.of("uuid", it), "attempts", List.of())));
    }

    private static Map<String, Object> with(Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> both = new HashMap<>(one);
        both.putAll(other);
        return both;
    }

    private static List<Map<String, Object>> many(Function<String, Map<String, Object>> value) {
        return IntStream.range(0, MANY)
                .mapToObj(_ -> value.apply(UUID.randomUUID().toString()))
                .toList();
    }

    private static List<Map<String, String>> pathsAndActions(Scene scene) {
        List<Map<String, String>> rows = new ArrayList<>();
        scene.paths().forEach(path -> rows.add(Map.of("path", path, "action", scene.last())));
        return rows;
    }
}
