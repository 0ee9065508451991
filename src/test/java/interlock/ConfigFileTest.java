package interlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.api.PlannerOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ConfigFileTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "action_plan_expiry: 2h, '', '', 2h",
        "action-plan-expiry: 2h, '', '', 2h",
        "action_plan_expiry: 0,  '', '', 0",
        "'',                     '', '', 24h",
        "action_plan_expiry: 2h, 3h, '', 3h",
        "action_plan_expiry: 2h, 3h, 4h, 4h"
    })
    void anOptionIsTakenFromTheFlagOrTheEnvironmentOrTheFile(String line, String variable, String flag, String expected)
            throws Exception {
        String argument = flag.isEmpty() ? "" : "--action-plan-expiry=" + flag;

        Object value = option("--action-plan-expiry", line, variable, argument);

        assertThat(value).isEqualTo(new DurationConverter().convert(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "'',             '',    '',           true",
        "'',             '',    --no-applier, false",
        "'',             '',    --applier,    true",
        "'',             false, '',           false",
        "'',             false, --applier,    true",
        "applier: false, '',    '',           false",
        "applier: false, true,  '',           true",
        "applier: true,  '',    --no-applier, false"
    })
    void aServiceHasAnApplierUnlessItIsToldToHaveNone(String line, String variable, String flag, boolean expected)
            throws Exception {
        assertThat(option("--applier", line, variable, flag)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                 '',    '',               true",
        "'',                 '',    --no-watcher-api, false",
        "'',                 false, '',               false",
        "watcher_api: false, '',    '',               false",
        "watcher-api: false, true,  '',               true",
        "watcher_api: true,  '',    --no-watcher-api, false"
    })
    void watchersApiIsServedUnlessItIsSwitchedOff(String line, String variable, String flag, boolean expected)
            throws Exception {
        var file = ConfigFile.read(
                Optional.of(Files.writeString(directory.resolve("interlock.yaml"), line)),
                variable.isEmpty() ? Map.of() : Map.of("INTERLOCK_WATCHER_API", variable));
        var serve = new CommandLine(new Serve(file)).setDefaultValueProvider(file);
        file.check(Set.of("watcher-api"));

        serve.parseArgs(flag.isEmpty() ? new String[0] : new String[] {flag});

        assertThat(serve.getCommandSpec().findOption("--watcher-api").<Boolean>getValue())
                .isEqualTo(expected);
    }

    @Test
    void anOptionsNameIsWrittenWithEitherKindOfDash() throws Exception {
        var path = Files.writeString(directory.resolve("interlock.yaml"), "action_plan_expiry: 24h\nlease: 10s");

        assertThatCode(() -> ConfigFile.read(Optional.of(path), Map.of()).check(Set.of("action-plan-expiry", "lease")))
                .doesNotThrowAnyException();
    }

    @Test
    void plannersAreToldWhatTheFileSays() throws IOException {
        var file = read("planners: {weight: {weights: {stop: 80, nop: 1}, parallelization: {stop: 8}}}");

        file.check(Set.of());

        assertThat(file.planners())
                .isEqualTo(Map.of(
                        "weight",
                        new PlannerOptions(
                                Map.of("stop", 80, "nop", 1), Map.of("stop", 8), Map.of(), Optional.empty())));
        assertThat(read("port: 1").planners()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{oracle: {}} | planners.oracle: unknown planner; known: constraint, explicit",
                "{weight: {weights: {nop: '70'}}} | planners.weight.weights.nop: string found, integer expected",
                "{weight: {widths: {}}} | planners.weight.widths: is not a known field",
                "{weight: 3} | planners.weight: integer found, object expected",
                "{workload_stabilization: {parallelization: {}}} | "
                        + "planners.workload_stabilization.parallelization: the planner has no such option",
            })
    void whatMakesNoSenseIsNamedInOneLine(String planners, String message) throws IOException {
        var file = read("planners: " + planners);

        assertThatThrownBy(() -> file.check(Set.of()))
                .isInstanceOf(ConfigFile.Invalid.class)
                .hasMessageStartingWith(directory.resolve("interlock.yaml") + ": " + message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void cloudsMayBeNamedInTheFileItself() throws IOException {
        var file = read("clouds: {north: {auth: {auth_url: 'http://k', username: a, password: b}}}");

        file.check(Set.of());

        assertThat(file.clouds().byName()).containsOnlyKeys("north");
        assertThatThrownBy(() -> read("clouds: [north]").clouds())
                .isInstanceOf(ConfigFile.Invalid.class)
                .hasMessageEndingWith("clouds: expected a mapping of clouds by name");
    }

    @Test
    void plugInsAreToldWhatTheFileSays() throws IOException {
        var file = read("plugins: {evacuate: {service: 'http://e/', hosts: [1, {a: true}]}, one_by_one: {}}");

        file.check(Set.of());

        assertThat(file.plugins())
                .isEqualTo(Map.of(
                        "evacuate",
                        Map.of("service", "http://e/", "hosts", List.of(1, Map.of("a", true))),
                        "one_by_one",
                        Map.of()));
        assertThat(read("port: 1").plugins()).isEmpty();
        assertThat(read("plugins: /opt/plugins").plugins()).isEmpty();
        assertThatThrownBy(() -> read("plugins: [evacuate]").check(Set.of()))
                .hasMessageEndingWith("plugins: expected a mapping of plug-ins by name");
        assertThatThrownBy(() -> read("plugins: {evacuate: 1}").check(Set.of()))
                .hasMessageEndingWith("plugins.evacuate: expected a mapping of settings");
    }

    /** {@return an option's value} The line of the file, the variable and the argument may be empty. */
    private Object option(String name, String line, String variable, String argument) throws IOException {
        var path = Files.writeString(directory.resolve("interlock.yaml"), line);
        String key = "INTERLOCK_" + name.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
        var file = ConfigFile.read(Optional.of(path), variable.isEmpty() ? Map.of() : Map.of(key, variable));
        var serve = new CommandLine(new Serve(file)).setDefaultValueProvider(file);

        serve.parseArgs(argument.isEmpty() ? new String[0] : new String[] {argument});

        return serve.getCommandSpec().findOption(name).getValue();
    }

    private ConfigFile read(String text) throws IOException {
        Path file = directory.resolve("interlock.yaml");
        Files.writeString(file, text);
        return ConfigFile.read(Optional.of(file), Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "'',               '',    '',             false",
        "'simulate: true', '',    '',             true",
        "'simulate: t.y',  '',    '',             t.y",
        "'simulate: t.y',  true,  '',             true",
        "'',               t.y,   --simulate,     true",
        "'simulate: true', '',    --simulate=t.y, t.y",
        "'simulate: true', false, '',             false"
    })
    void aSimulationIsAskedForAsEveryOptionIs(String line, String variable, String flag, String expected)
            throws Exception {
        assertThat(option("--simulate", line, variable, flag)).isEqualTo(expected);
    }

    @Test
    void aSimulationBesideACloudIsRefused() throws Exception {
        var file = read("clouds: {north: {auth: {auth_url: 'http://k', username: a, password: b}}}");
        var err = new StringWriter();
        var serve =
                new CommandLine(new Serve(file)).setDefaultValueProvider(file).setErr(new PrintWriter(err));

        int code =
                serve.execute("--simulate", "--data", directory.resolve("data").toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("interlock: --simulate cannot be combined with configured clouds, which are: north")
                .hasLineCount(1);
    }

    @Test
    void aTopologyThatCannotBeIsRefusedWithAllThatIsWrong() throws Exception {
        Path topology = Files.writeString(directory.resolve("t.yaml"), "hosts: [{name: h1}, {vcpus: 4}]");
        var err = new StringWriter();
        var file = read("clouds: {}");
        var serve =
                new CommandLine(new Serve(file)).setDefaultValueProvider(file).setErr(new PrintWriter(err));

        int code = serve.execute(
                "--simulate=" + topology, "--data", directory.resolve("data").toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "interlock: %s: hosts[0].vcpus: is missing".formatted(topology),
                        "interlock: %s: hosts[1].name: is missing".formatted(topology));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "0", "192.0.2.7"})
    void aServiceThatOtherMachinesReachHasToBeAskedForByName(String host) {
        var out = new StringWriter();
        var serve = new CommandLine(new Serve(ConfigFile.read(Optional.empty(), Map.of())))
                .setErr(new PrintWriter(out, true));

        int exit = serve.execute("--host", host, "--data", directory.toString());

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString().lines())
                .singleElement()
                .asString()
                .startsWith("interlock: --host %s can be reached from other machines".formatted(host))
                .contains("--insecure", "INTERLOCK_INSECURE=true", "127.0.0.1");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aHostThatIsNoneIsTold() {
        var out = new StringWriter();
        var serve = new CommandLine(new Serve(ConfigFile.read(Optional.empty(), Map.of())))
                .setErr(new PrintWriter(out, true));

        assertThat(serve.execute("--host", "no such host")).isEqualTo(1);
        assertThat(out).hasToString("interlock: --host no such host is not an address of this machine\n");
    }
}
