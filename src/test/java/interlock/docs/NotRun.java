package interlock.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The blocks of the pages that this test cannot run, with reasons. A block that is neither run nor listed here fails the test. */
final class NotRun {
    /** Commands, by how they begin. */
    private static final Map<String, String> COMMANDS = Map.ofEntries(
            Map.entry("mvn", "Maven builds the project and runs this test"),
            Map.entry("alias interlock='java -jar target/interlock.jar'", "the test calls the commands by this name"),
            Map.entry("javac ", "ExtendGuideTest compiles the example"),
            Map.entry("jar ", "ExtendGuideTest makes the jar"),
            Map.entry("watcher ", "WatcherClientTest runs Watcher's client"),
            Map.entry("openstack ", "WatcherClientTest and the tests of the lab run OpenStack's client"),
            Map.entry("src/test/openstack/lab.sh", "the tests of the lab start it"),
            Map.entry("export OS_CLIENT_CONFIG_FILE=", "it belongs to the lab"),
            Map.entry("NEO4J_PASSWORD=choose-one docker compose ", "it needs Docker; ServiceFilesTest reads the file"),
            Map.entry("jcmd PID ", "it belongs to the JDK"),
            Map.entry("jfr ", "it belongs to the JDK"));

    /** Blocks, by what follows their fence. */
    private static final Map<String, String> BLOCKS = Map.of(
            "mermaid", "it is a drawing",
            "text", "it is a drawing, or a file of the example that ExtendGuideTest compiles",
            "java", "ExtendGuideTest compiles and runs it",
            "json plug-in", "ExtendGuideTest runs it, with the plug-in that it needs",
            "python", "it belongs to a receiver; WebhookTest checks signatures",
            "properties", "it configures a database server",
            "yaml topology", "TopologyDocumentTest reads it");

    private final Set<String> met = new TreeSet<>();

    boolean command(String line) {
        Optional<String> named =
                COMMANDS.keySet().stream().filter(line::startsWith).findFirst();
        named.ifPresent(met::add);
        return named.isPresent();
    }

    boolean block(String info) {
        met.add(info);
        return BLOCKS.containsKey(info);
    }

    /** Fails if something is named that no page has. */
    void checkAllMet() {
        assertThat(met).containsAll(COMMANDS.keySet()).containsAll(BLOCKS.keySet());
    }
}
