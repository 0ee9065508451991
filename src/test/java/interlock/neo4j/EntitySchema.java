package interlock.neo4j;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.neo4j.ogm.annotation.EndNode;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.NodeEntity;
import org.neo4j.ogm.annotation.Relationship;
import org.neo4j.ogm.annotation.RelationshipEntity;
import org.neo4j.ogm.annotation.StartNode;

/** The labels, properties and relationships that entity classes map. */
final class EntitySchema {
    private EntitySchema() {}

    /** {@return each relationship that these classes have, as label, type and label} */
    static Set<String> relationships(List<Class<?>> nodes) {
        Set<String> all = new TreeSet<>();
        for (Class<?> node : nodes) {
            for (Field field : allFields(node).toList()) {
                Relationship relationship = field.getAnnotation(Relationship.class);
                if (relationship != null) {
                    String other = other(field);
                    all.add(
                            relationship.direction() == Relationship.Direction.INCOMING
                                    ? other + " " + relationship.type() + " " + label(node)
                                    : label(node) + " " + relationship.type() + " " + other);
                }
            }
        }
        return all;
    }

    private static String other(Field field) {
        Class<?> type = field.getGenericType() instanceof ParameterizedType list
                ? (Class<?>) list.getActualTypeArguments()[0]
                : field.getType();
        return type.isAnnotationPresent(RelationshipEntity.class)
                ? allFields(type)
                        .filter(it -> it.isAnnotationPresent(EndNode.class))
                        .map(it -> label(it.getType()))
                        .findFirst()
                        .orElseThrow()
                : label(type);
    }

    /** {@return the label of a node} */
    static String label(Class<?> node) {
        return node.getAnnotation(NodeEntity.class).value();
    }

    /** {@return the properties of an entity} */
    static Set<String> fields(Class<?> entity) {
        return allFields(entity)
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .filter(field -> Stream.of(Id.class, Relationship.class, StartNode.class, EndNode.class)
                        .noneMatch(field::isAnnotationPresent))
                .map(Field::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Field> allFields(Class<?> entity) {
        return Stream.concat(
                Stream.of(entity.getDeclaredFields()),
                Stream.of(entity.getSuperclass().getDeclaredFields()));
    }
}
