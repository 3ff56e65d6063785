package dev.sluice.images.inference;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** A local folder in the layout of DJL's model zoo, with the sample model under a zoo's name. */
final class ZooMirror {
  private static final String MODEL = "model/cv/image_classification/ai/djl/pytorch/resnet";

  private ZooMirror() {}

  /** The zoo's real names: two networks of one version, told apart by nothing but their name. */
  static void write(Path mirror) throws Exception {
    Path folder = mirror.resolve(MODEL);
    Files.createDirectories(folder.resolve("0.0.1"));
    byte[] weights = gzip(Files.readAllBytes(ModelFolder.SAMPLE.resolve(ModelFolder.WEIGHTS)));
    byte[] synset = Files.readAllBytes(ModelFolder.SAMPLE.resolve("synset.txt"));
    Files.write(folder.resolve("0.0.1/traced_resnet18.pt.gz"), weights);
    Files.write(folder.resolve("synset.txt"), synset);
    String artifacts =
        artifact("traced_resnet18", "18", weights, synset)
            + ","
            + artifact("traced_resnet50", "50", weights, synset);
    Files.writeString(
        folder.resolve("metadata.json"),
        """
        {"metadataVersion": "0.2", "resourceType": "model", "groupId": "ai.djl.pytorch",
         "artifactId": "resnet", "name": "ResNet", "application": "cv/image_classification",
         "artifacts": [%s]}
        """
            .formatted(artifacts));
  }

  private static String artifact(String name, String layers, byte[] weights, byte[] synset)
      throws Exception {
    return """
        {"version": "0.0.1", "snapshot": false, "name": "%s", "properties": {"layers": "%s"},
         "arguments": {"width": 224, "height": 224, "resize": 256, "centerCrop": true,
           "normalize": true, "applySoftmax": true, "translatorFactory":
           "ai.djl.modality.cv.translator.ImageClassificationTranslatorFactory"},
         "files": {
           "synset": {"uri": "synset.txt", "name": "synset.txt", "sha1Hash": "%s", "size": %d},
           "model": {"uri": "0.0.1/%s.pt.gz", "name": "%s.pt", "sha1Hash": "%s", "size": %d}}}
        """
        .formatted(
            name, layers, sha1(synset), synset.length, name, name, sha1(weights), weights.length);
  }

  private static String sha1(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /**
   * Started as a process, which knows the mirror from its start: opens each model or says why not.
   */
  public static void main(String[] urls) throws Exception {
    for (String url : urls) {
      try (ImageClassifier classifier =
          DjlImageClassifier.factory(new ModelSource(url, null, null, null), Torch.CACHE).open(1)) {
        ModelCard card = classifier.model();
        String line = String.join(" ", "OPENED", card.name, card.version, card.sha256);
        System.out.println(line + " " + card.classes.size());
      } catch (InvalidModelException e) {
        System.out.write(("REFUSED " + e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
