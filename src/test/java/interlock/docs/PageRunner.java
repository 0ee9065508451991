package interlock.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.ServeOptions;
import interlock.cli.Client;
import interlock.docs.Page.Block;
import interlock.notification.Hook;
import interlock.web.Answer;
import interlock.web.HeldCall;
import interlock.web.RunningService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs the blocks of one page, in their order, against a service. The page finds a plan, {@code plan.yaml}, whose first action
 * runs until somebody watches the plan.
 */
final class PageRunner implements AutoCloseable {
    private static final Pattern PROGRAM = Pattern.compile("^java (?:-X\\S+ )*-jar target/interlock\\.jar ");
    private static final Pattern SUBSTITUTION = Pattern.compile("^source <\\((.*)\\)");
    private static final String PROMPT = "$ ";

    private final RunningService service;
    private final Path directory;
    private final NotRun notRun;
    private final Client pipe;
    private final Client terminal;
    private final HeldCall held = new HeldCall();

    PageRunner(RunningService service, Path directory, NotRun notRun) throws IOException {
        this.service = service;
        this.directory = directory;
        this.notRun = notRun;
        pipe = Client.of(service.uri()).with("NO_COLOR", "1");
        terminal = pipe.atTerminal(120, 60);
        Files.writeString(directory.resolve("plan.yaml"), """
                name: drain rack r7
                actions:
                  - %s
                  - {id: move db-2, action_type: nop, parents: [move db-1]}
                """.formatted(
                        held.action("move db-1").replace("\n", " ")));
    }

    void run(Block block) throws Exception {
        switch (block.info()) {
            case "sh" -> ShellLine.commands(block.text()).forEach(line -> command(line, pipe));
            case "console" -> transcript(block.text());
            case "yaml", "json" -> plan(block.text(), "application/" + block.info());
            case "yaml fragment" -> plan("actions:\n" + block.text(), "application/yaml");
            case "yaml configuration" ->
                ServeOptions.check(Files.writeString(directory.resolve("interlock.yaml"), block.text()));
            case "cypher" -> List.of(block.text().split(";\\n", -1)).forEach(this::statement);
            case "http" -> event(block.text());
            default ->
                assertThat(notRun.block(block.info()))
                        .as("a way to run a block of the kind '%s'", block.info())
                        .isTrue();
        }
    }

    /** Runs the commands behind prompts, and compares what is below them. Without a command it is what a start prints. */
    private void transcript(String text) {
        String output = ServeOptions.announcement(service.app());
        List<String> shown = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith(PROMPT)) {
                OutputShape.check(shown, output);
                shown.clear();
                output = command(line.substring(PROMPT.length()), terminal);
            } else {
                shown.add(line);
            }
        }
        OutputShape.check(shown, output);
    }

    /** {@return what the command has written} */
    private String command(String line, Client client) {
        String plain = SUBSTITUTION
                .matcher(PROGRAM.matcher(line).replaceFirst("interlock "))
                .replaceFirst("$1");
        if (plain.startsWith("interlock ")) {
            return interlock(ShellLine.of(plain, Map.of()), client);
        }
        if (plain.startsWith("curl ")) {
            curl(ShellLine.of(plain, variables()));
        } else {
            assertThat(notRun.command(line)).as("a way to run: %s", line).isTrue();
        }
        return "";
    }

    private String interlock(ShellLine line, Client client) {
        List<String> words =
                line.words().stream().skip(1).map(this::word).collect(Collectors.toCollection(ArrayList::new));
        if (words.getFirst().equals("serve")) {
            ServeOptions.parse(words);
            return "";
        }
        if (words.contains("ID")) {
            words.replaceAll(word -> word.equals("ID") ? latest(words.getFirst()) : word);
        }
        if (words.contains("watch") || words.contains("--watch")) {
            held.release();
        }
        Client.Run run = (line.piped() ? pipe : client).run(words.toArray(String[]::new));
        assertThat(run.exit()).as("%s: %s%s", words, run.out(), run.err()).isZero();
        return run.out();
    }

    /** {@return a word; a file of the page, or one that it writes, is in the page's directory} */
    private String word(String word) {
        Path file = directory.resolve(word.replaceAll("[^\\w.-]", "_"));
        return Files.isRegularFile(file) || word.endsWith(".jsonl") ? file.toString() : word;
    }

    /** {@return the uuid of the latest plan, or webhook} */
    private String latest(String noun) {
        return noun.equals("webhook")
                ? service.get("/v1/webhooks").each("webhooks", "uuid").getLast()
                : latestPlan();
    }

    private String latestPlan() {
        return service.get("/v1/action_plans?sort_dir=desc&limit=1")
                .each("action_plans", "uuid")
                .getFirst();
    }

    private Map<String, String> variables() {
        String plan = latestPlan();
        String action = service.get("/v1/actions?limit=1&sort_key=layer&sort_dir=desc&action_plan_uuid=" + plan)
                .each("actions", "uuid")
                .getFirst();
        return Map.of("PLAN", plan, "ACTION", action);
    }

    private void curl(ShellLine line) {
        try {
            CurlCall call = CurlCall.of(line.words().subList(1, line.words().size()), directory);
            String[] headers = call.headers().toArray(String[]::new);
            if (call.target().endsWith("/events")) {
                assertThat(firstEvent(call.target())).isNotEmpty();
                return;
            }
            Answer answer = service.send(call.method(), call.target(), BodyPublishers.ofString(call.body()), headers);
            assertThat(answer.status())
                    .as("%s: %s", line.words(), answer.body())
                    .isBetween(200, 299);
        } catch (IOException e) {
            throw new AssertionError("cannot read a file of " + line.words(), e);
        }
    }

    /** {@return the line with the id of the first event} The stream would go on until the plan ends. */
    private String firstEvent(String target) throws IOException {
        try (var events = new BufferedReader(new InputStreamReader(
                service.exchange("GET", target, BodyPublishers.noBody(), BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8))) {
            return events.lines()
                    .filter(line -> line.startsWith("id: "))
                    .findFirst()
                    .orElse("");
        }
    }

    private void plan(String document, String type) {
        Answer answer = service.post("/v1/action_plans?dry_run=true", document, "Content-Type", type);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** Parameters have no value on a page: such a statement is only planned. */
    private void statement(String text) {
        String statement = text.lines()
                .filter(line -> !line.startsWith("//"))
                .collect(Collectors.joining("\n"))
                .strip();
        if (statement.startsWith(":")) {
            statement.lines().forEach(this::browserCommand);
        } else if (!statement.isEmpty()) {
            String whole = statement.contains("RETURN") ? statement : statement + " RETURN *";
            service.query((whole.contains("$") ? "EXPLAIN " : "") + whole, Map.of("plan", ""));
        }
    }

    private void browserCommand(String line) {
        String target = line.replaceFirst("^:\\w+ https?://[^/]+", "");
        int status = service.exchange("GET", target, BodyPublishers.noBody(), BodyHandlers.discarding())
                .statusCode();
        assertThat(status).as(line).isEqualTo(200);
    }

    /** Compares an event on the page with one that a webhook gets: its headers and the names of its members. */
    private void event(String text) {
        String[] parts = text.split("\n\n", 2);
        JsonNode shown = Answer.json(parts[1]);
        try (Hook hook = new Hook()) {
            Answer webhook = service.post("/v1/webhooks", "{\"url\": \"%s\"}".formatted(hook.url()));
            UUID plan = service.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");
            service.start(plan);
            Hook.Request request = hook
                    .awaitOf(plan, it -> it.type().equals(shown.path("type").asText()))
                    .stream()
                    .filter(it -> it.type().equals(shown.path("type").asText()))
                    .findFirst()
                    .orElseThrow();
            parts[0].lines()
                    .skip(1)
                    .map(line -> line.split(": ")[0])
                    .forEach(header -> assertThat(request.headers().keySet()).anyMatch(header::equalsIgnoreCase));
            compare(shown, request.event());
            service.delete("/v1/webhooks/" + webhook.json().path("uuid").asText());
        }
    }

    private static void compare(JsonNode shown, JsonNode real) {
        shown.properties().stream()
                .filter(member -> !member.getKey().equals("…"))
                .forEach(member -> {
                    assertThat(real.has(member.getKey())).as(member.getKey()).isTrue();
                    compare(member.getValue(), real.path(member.getKey()));
                });
    }

    @Override
    public void close() {
        held.close();
        service.get("/v1/webhooks")
                .each("webhooks", "uuid")
                .forEach(webhook -> service.delete("/v1/webhooks/" + webhook));
    }
}
