package dev.belfry;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import graphql.kickstart.tools.GraphQLMutationResolver;
import graphql.kickstart.tools.GraphQLQueryResolver;
import graphql.kickstart.tools.GraphQLResolver;
import graphql.kickstart.tools.GraphQLSubscriptionResolver;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLSchema;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.StubMethod;
import org.reactivestreams.Publisher;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.graphql.relay.PageOf;

/**
 * The controllers' methods as resolvers of GraphQL Java Tools: a class for each type of
 * the schema, whose methods have the name of their field, what the controller's method
 * answers with, and the parameters that the controller's method has for the arguments of
 * the schema. Nothing calls them.
 */
final class ControllerResolvers {

	static final Map<String, Class<?>> ROOTS = Map.of("Query", GraphQLQueryResolver.class, "Mutation",
			GraphQLMutationResolver.class, "Subscription", GraphQLSubscriptionResolver.class);

	private final GraphQLSchema schema;

	/** The mapped methods by their types. */
	private final Map<String, List<Method>> methods;

	private final Map<String, List<GraphQLResolver<?>>> resolvers = new HashMap<>();

	ControllerResolvers(GraphQLSchema schema) {
		this.schema = schema;
		this.methods = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages("dev.belfry")
			.stream()
			.filter((type) -> type.isAnnotatedWith(Controller.class))
			.flatMap((type) -> Arrays.stream(type.reflect().getDeclaredMethods()))
			.filter((method) -> mapping(method) != null)
			.collect(Collectors.groupingBy(ControllerResolvers::type));
		// The bell's controller answers the subscription with what it answers the query.
		this.methods.get("Query")
			.stream()
			.filter((method) -> field(method).equals("bell"))
			.forEach(this.methods.get("Subscription")::add);
		this.methods.forEach((type, mapped) -> this.resolvers.put(type,
				mapped.stream()
					.collect(Collectors.groupingBy(Method::getDeclaringClass))
					.values()
					.stream()
					.<GraphQLResolver<?>>map((ofOneController) -> resolver(type, ofOneController))
					.toList()));
	}

	/** The resolvers of these root types and of all that is no root type. */
	List<GraphQLResolver<?>> of(Set<String> roots) {
		return this.resolvers.entrySet()
			.stream()
			.filter((entry) -> !ROOTS.containsKey(entry.getKey()) || roots.contains(entry.getKey()))
			.flatMap((entry) -> entry.getValue().stream())
			.toList();
	}

	/** The class of a type that has a field of a controller. */
	Class<?> source(String type) {
		return this.methods.get(type).get(0).getParameterTypes()[0];
	}

	/** It stands in the package of the controller, and so sees what that answers with. */
	private GraphQLResolver<?> resolver(String type, List<Method> mapped) {
		TypeDescription.Generic resolver = ROOTS.containsKey(type)
				? TypeDescription.Generic.Builder.rawType(ROOTS.get(type)).build()
				: TypeDescription.Generic.Builder.parameterizedType(GraphQLResolver.class, source(type)).build();
		DynamicType.Builder<?> made = new ByteBuddy().subclass(Object.class)
			.implement(resolver)
			.name(mapped.get(0).getDeclaringClass().getName() + type);
		for (Method method : mapped) {
			made = made.defineMethod(field(method), answer(type, method.getGenericReturnType()), Visibility.PUBLIC)
				.withParameters(parameters(type, method))
				.intercept(StubMethod.INSTANCE);
		}
		try {
			return (GraphQLResolver<?>) made.make()
				.load(ControllerResolvers.class.getClassLoader())
				.getLoaded()
				.getConstructor()
				.newInstance();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The source, then what the method takes for each argument of the schema. */
	private List<Type> parameters(String type, Method method) {
		List<Type> parameters = new ArrayList<>();
		if (!ROOTS.containsKey(type)) {
			parameters.add(method.getParameterTypes()[0]);
		}
		Map<String, Type> taken = taken(method);
		for (GraphQLArgument argument : this.schema.getObjectType(type).getField(field(method)).getArguments()) {
			Type parameter = taken.remove(argument.getName());
			if (parameter != null) {
				parameters.add(parameter);
			}
		}
		return parameters;
	}

	/** What a method takes, by the names of the schema's arguments. */
	private static Map<String, Type> taken(Method method) {
		Map<String, Type> taken = new HashMap<>();
		for (Parameter parameter : method.getParameters()) {
			if (parameter.isAnnotationPresent(Argument.class)) {
				taken.put(parameter.getName(), parameter.getParameterizedType());
			}
			else if (parameter.isAnnotationPresent(PageOf.class)) {
				Stream.of("first", "last").forEach((argument) -> taken.put(argument, Integer.class));
				Stream.of("after", "before").forEach((argument) -> taken.put(argument, String.class));
			}
			else if (parameter.getType() == DataFetchingEnvironment.class && ROOTS.containsKey(type(method))) {
				taken.putIfAbsent("input", Map.class);
			}
		}
		return taken;
	}

	private static TypeDescription.Generic answer(String type, Type answered) {
		boolean isReactive = answered instanceof ParameterizedType wrapped
				&& Publisher.class.isAssignableFrom((Class<?>) wrapped.getRawType());
		if (!isReactive) {
			return TypeDefinition.Sort.describe(answered);
		}
		Type element = ((ParameterizedType) answered).getActualTypeArguments()[0];
		return type.equals("Subscription")
				? TypeDescription.Generic.Builder.parameterizedType(Publisher.class, element).build()
				: TypeDefinition.Sort.describe(element);
	}

	private static SchemaMapping mapping(Method method) {
		return AnnotatedElementUtils.findMergedAnnotation(method, SchemaMapping.class);
	}

	private static String type(Method method) {
		String type = mapping(method).typeName();
		return !type.isEmpty() ? type
				: AnnotatedElementUtils.findMergedAnnotation(method.getDeclaringClass(), SchemaMapping.class)
					.typeName();
	}

	private static String field(Method method) {
		String field = mapping(method).field();
		return !field.isEmpty() ? field : method.getName();
	}

}
