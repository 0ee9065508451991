package interlock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Says at the end of a build which test classes took longest. */
final class SlowestTests {
    private static final int SHOWN = 10;

    private record TestClass(String name, double seconds) {}

    private SlowestTests() {}

    /**
     * Prints them.
     *
     * @param args the folder with the reports of the tests
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        if (!Files.isDirectory(folder)) {
            return; // no tests were run
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<TestClass> classes = files.filter(
                            file -> file.getFileName().toString().matches("TEST-.*[.]xml"))
                    .map(SlowestTests::read)
                    .toList();
            double all = classes.stream().mapToDouble(TestClass::seconds).sum();
            System.out.printf("Of %.0f s in %d test classes, the slowest took:%n", all, classes.size());
            classes.stream()
                    .sorted(Comparator.comparingDouble(TestClass::seconds).reversed())
                    .limit(SHOWN)
                    .forEach(each -> System.out.printf("%7.1f s  %s%n", each.seconds(), each.name()));
        }
    }

    private static TestClass read(Path report) {
        try {
            Element suite = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
            return new TestClass(suite.getAttribute("name"), Double.parseDouble(suite.getAttribute("time")));
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("cannot read " + report, e);
        }
    }
}
