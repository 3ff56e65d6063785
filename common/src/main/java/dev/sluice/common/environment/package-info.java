/**
 * Where a job runs: the execution environment with checkpoints and strict types, the local cluster
 * of a local run, its progress line, and the shape of main().
 *
 * <pre>{@code
 * public static void main(String[] args) throws Exception {
 *   CommandLine.run(args, ImageClassificationOptions.ALL, ImageClassificationSettings::new, ImageClassificationJob::run);
 * }
 *
 * private static void run(JobArguments arguments, ImageClassificationSettings settings) throws Exception {
 *   try (JobEnvironment env = JobEnvironment.create("image-classification", arguments, PROGRESS)) {
 *     assemble(env.streams(), settings);
 *     env.execute();
 *   }
 * }
 * }</pre>
 *
 * <p>It is one statement more than four in two methods, because a local run has an end (cluster,
 * dashboard, progress) that {@code close} must bring about, and because only a class around both
 * can turn mistakes in options into exit code 2.
 */
@NullMarked
package dev.sluice.common.environment;

import org.jspecify.annotations.NullMarked;
