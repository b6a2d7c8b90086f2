package io.imageaudit.worker.image;

import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecodeanimation;

import io.imageaudit.model.ImageFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.opencv.global.opencv_imgcodecs.Animation;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/**
 * Frames of an animation, each as it is seen: with what lies under it. All of them are decoded in
 * one go where that takes no more memory than the largest still picture may; else one by one, from
 * the start each time, since a frame builds on those before it.
 */
final class OpenCvAnimation {

  private final Mat file;
  private final int all;
  private final boolean oneGo;

  OpenCvAnimation(Mat file, ImageFacts facts, long maxPixels) {
    this.file = file;
    this.all = facts.frames();
    this.oneGo = (long) facts.width() * facts.height() * all <= maxPixels;
  }

  /**
   * Decodes.
   *
   * @param wanted numbers of frames, from 0, ascending
   * @param plain takes a frame over and gives the one to keep
   */
  List<Mat> frames(List<Integer> wanted, UnaryOperator<Mat> plain) {
    List<Mat> frames = new ArrayList<>();
    if (oneGo) {
      try (Animation animation = decoded(0, all);
          MatVector decoded = animation.frames()) {
        wanted.stream()
            .filter(number -> number < decoded.size())
            .forEach(number -> frames.add(plain.apply(new Mat(decoded.get(number)))));
      }
      return frames;
    }
    for (int number : wanted) {
      try (Animation animation = decoded(number, 1);
          MatVector decoded = animation.frames()) {
        if (decoded.size() > 0) {
          frames.add(plain.apply(new Mat(decoded.get(0))));
        }
      }
    }
    return frames;
  }

  private Animation decoded(int start, int count) {
    Animation animation = new Animation();
    imdecodeanimation(file, animation, start, count);
    return animation;
  }
}
